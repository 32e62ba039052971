{{- define "jobtracker.name" -}}
{{- if contains "jobtracker" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-jobtracker" .Release.Name | trunc 50 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "jobtracker.image" -}}
{{- with .root.Values.image.registry }}{{ . }}/{{ end }}jobtracker-{{ .component }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion -}}
{{- end }}

{{/* What a selector has, which must never change. */}}
{{- define "jobtracker.selector" -}}
app.kubernetes.io/name: jobtracker
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "jobtracker.labels" -}}
{{ include "jobtracker.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "jobtracker.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "jobtracker.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "jobtracker.mounts" -}}
- name: secrets
  mountPath: /run/secrets/jobtracker
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- end }}

{{/* Live is the process alone: restarting it mends no database. */}}
{{- define "jobtracker.liveness" -}}
startupProbe:
  httpGet:
    path: /healthz/live
    port: management
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet:
    path: /healthz/live
    port: management
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- end }}

{{- define "jobtracker.spread" -}}
- maxSkew: 1
  topologyKey: kubernetes.io/hostname
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels: {{- include "jobtracker.selector" . | nindent 6 }}
- maxSkew: 1
  topologyKey: topology.kubernetes.io/zone
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels: {{- include "jobtracker.selector" . | nindent 6 }}
{{- end }}

{{- define "jobtracker.world" -}}
- ipBlock:
    cidr: 0.0.0.0/0
    except: [0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]
- ipBlock:
    cidr: ::/0
    except: ["::1/128", "fc00::/7", "fe80::/10"]
{{- end }}

{{- define "jobtracker.dnsAndCollector" -}}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: kube-system
  ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
- ports:
    - port: {{ .Values.networkPolicy.databasePort }}
- to:
    - namespaceSelector:
        matchLabels:
          jobtracker/monitoring: "true"
  ports:
    - port: 4317
    - port: 4318
{{- end }}
