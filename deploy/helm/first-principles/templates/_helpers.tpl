{{/* The labels by which the objects of one release are found. */}}
{{- define "principles.selector" -}}
app.kubernetes.io/name: first-principles
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "principles.labels" -}}
{{ include "principles.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* Of every pod. The files of a volume belong to the group 10001. */}}
{{- define "principles.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* Of every container. */}}
{{- define "principles.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "principles.environment" -}}
{{- range $name, $value := .Values.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
