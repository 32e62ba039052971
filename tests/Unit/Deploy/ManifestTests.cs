using System.Security.Cryptography;
using JobTracker.Tests.Support;
using k8s;
using k8s.Models;

namespace JobTracker.Tests.Unit.Deploy;

/// <summary>Every manifest is read into the models of the official client, strictly: an unknown or doubled field fails.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Manifests => [
        .. Directory.GetFiles(Repository.PathOf("deploy", "kustomize"), "*.yaml", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Repository.PathOf("deploy", "helm", "rendered"), "*.yaml"))
            .Where(file => Path.GetFileName(file) != "kustomization.yaml")
            .Select(file => Path.GetRelativePath(Repository.PathOf("deploy"), file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Manifests))]
    public void A_manifest_is_of_known_kinds_and_fields(string file) => Assert.NotEmpty(Read(file));

    [Fact]
    public void A_misspelt_field_is_seen() => Assert.ThrowsAny<Exception>(
        () =>
            Parse(File.ReadAllText(Repository.PathOf("deploy", "kustomize", "base", "silo.yaml"))
                .Replace("minReadySeconds", "minReadySecond")));

    [Theory, MemberData(nameof(Manifests))]
    public void A_pod_runs_as_nobody_with_a_root_that_it_cannot_write_and_no_limit_of_the_processor(string file) =>
        Assert.All(Pods(file), pod =>
        {
            Assert.Equal(
                (true, "RuntimeDefault", false),
                (pod.SecurityContext.RunAsNonRoot, pod.SecurityContext.SeccompProfile.Type, pod.AutomountServiceAccountToken));
            Assert.All(pod.Containers, container =>
            {
                Assert.Equal((true, false, "ALL"), (
                    container.SecurityContext.ReadOnlyRootFilesystem, container.SecurityContext.AllowPrivilegeEscalation,
                    Assert.Single(container.SecurityContext.Capabilities.Drop)));
                Assert.False(container.Resources?.Limits?.ContainsKey("cpu") ?? false);
            });
        });

    /// <summary>Secrets in the environment are read by whoever may describe a pod, and do not change with the secret.</summary>
    [Theory, MemberData(nameof(Manifests))]
    public void No_secret_is_in_an_environment(string file) => Assert.All(Pods(file).SelectMany(pod => pod.Containers), container =>
    {
        Assert.All(container.Env ?? [], variable => Assert.Null(variable.ValueFrom?.SecretKeyRef));
        Assert.All(container.EnvFrom ?? [], source => Assert.Null(source.SecretRef));
    });

    [Theory]
    [InlineData("kustomize/base/silo.yaml")]
    [InlineData("helm/rendered/default.yaml")]
    public void Silos_are_replaced_one_by_one_and_two_are_always_left(string file)
    {
        var manifests = Read(file);
        var silos = manifests.OfType<V1Deployment>()
            .Single(deployment => deployment.Metadata.Name.EndsWith("-silo", StringComparison.Ordinal));
        var budget = manifests.OfType<V1PodDisruptionBudget>().Single(one => one.Metadata.Name == silos.Metadata.Name);

        Assert.Equal(
            (3, "0", "1", 30, 150L, "2"),
            (silos.Spec.Replicas, silos.Spec.Strategy.RollingUpdate.MaxUnavailable.Value, silos.Spec.Strategy.RollingUpdate.MaxSurge.Value,
                silos.Spec.MinReadySeconds, silos.Spec.Template.Spec.TerminationGracePeriodSeconds, budget.Spec.MinAvailable.Value));
        Assert.Equal(silos.Spec.Selector.MatchLabels, budget.Spec.Selector.MatchLabels);
        var address = silos.Spec.Template.Spec.Containers[0].Env.Single(variable => variable.Name == "Cluster__AdvertisedAddress");
        Assert.Equal("status.podIP", address.ValueFrom.FieldRef.FieldPath);
    }

    [Theory, MemberData(nameof(Manifests))]
    public void A_probe_of_life_asks_for_the_process_alone_and_every_port_that_is_named_is_there(string file) =>
        Assert.All(Read(file).OfType<V1Deployment>().SelectMany(deployment => deployment.Spec.Template.Spec.Containers), container =>
        {
            Assert.Equal("/healthz/live", container.LivenessProbe.HttpGet.Path);
            Assert.Equal("/healthz/live", container.StartupProbe.HttpGet.Path);
            Assert.Equal("/healthz/ready", container.ReadinessProbe.HttpGet.Path);
            Assert.All(
                [container.LivenessProbe, container.StartupProbe, container.ReadinessProbe],
                probe => Assert.Contains(probe.HttpGet.Port.Value, container.Ports.Select(port => port.Name)));
        });

    /// <summary>A policy, a budget and a service that select nothing would do nothing, silently.</summary>
    [Theory, InlineData("default"), InlineData("full")]
    public void Whatever_selects_selects_a_deployment(string values)
    {
        var manifests = Read($"helm/rendered/{values}.yaml");
        var labels = manifests.OfType<V1Deployment>().Select(deployment => deployment.Spec.Template.Metadata.Labels).ToList();
        IDictionary<string, string>[] selectors =
        [
            .. manifests.OfType<V1NetworkPolicy>().Select(policy => policy.Spec.PodSelector.MatchLabels),
            .. manifests.OfType<V1PodDisruptionBudget>().Select(budget => budget.Spec.Selector.MatchLabels),
            .. manifests.OfType<V1Service>().Select(service => service.Spec.Selector),
        ];

        Assert.Equal(5, selectors.Length);
        Assert.All(selectors, selector => Assert.Contains(labels, pod => selector.All(pair => pod.Contains(pair))));
    }

    /// <summary>The chart itself needs a helm to be read; what is checked in was rendered from what is checked in.</summary>
    [Fact]
    public void The_rendered_chart_is_that_of_the_templates()
    {
        var chart = Repository.PathOf("deploy", "helm");
        var files = new[] { "jobtracker", "values" }.SelectMany(
            folder => Directory.GetFiles(Path.Combine(chart, folder), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(chart, file)).Order(StringComparer.Ordinal);
        var sum = Convert.ToHexStringLower(SHA256.HashData([.. files.SelectMany(file => File.ReadAllBytes(Path.Combine(chart, file)))]));

        Assert.All(["default", "full"], values => Assert.StartsWith(
            $"# Rendered from {sum}\n", File.ReadAllText(Path.Combine(chart, "rendered", $"{values}.yaml")), StringComparison.Ordinal));
    }

    private static IEnumerable<V1PodSpec> Pods(string file) => Read(file).Select(manifest => manifest switch
    {
        V1Deployment deployment => deployment.Spec.Template.Spec,
        V1Job job => job.Spec.Template.Spec,
        V1Pod pod => pod.Spec,
        _ => null,
    }).OfType<V1PodSpec>();

    private static List<object> Read(string file) => Parse(File.ReadAllText(Repository.PathOf("deploy", file)));

    private static List<object> Parse(string text) => KubernetesYaml.LoadAllFromString(text, strict: true);
}
