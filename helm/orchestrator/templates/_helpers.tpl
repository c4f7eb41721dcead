{{- define "orch.name" -}}
{{- $name := .Values.nameOverride | default .Release.Name -}}
{{- if not (regexMatch "^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$" $name) -}}
{{- fail (printf "the name '%s' must be 1 to 40 of a-z, 0-9 and '-', a letter first: set nameOverride" $name) -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{- define "orch.selector" -}}
app.kubernetes.io/name: orchestrator
app.kubernetes.io/instance: {{ include "orch.name" . }}
{{- end -}}

{{- define "orch.labels" -}}
{{ include "orch.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{- define "orch.image" -}}
{{- if .digest -}}{{ .repository }}@{{ .digest }}{{- else -}}{{ .repository }}:{{ .tag }}{{- end -}}
{{- end -}}

{{- define "orch.mainImage" -}}
{{- include "orch.image" (dict "repository" .Values.image.repository "digest" .Values.image.digest "tag" (.Values.image.tag | default .Chart.AppVersion)) -}}
{{- end -}}

{{- define "orch.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}{{ include "orch.name" . }}{{- else -}}{{ required "serviceAccount.name is needed where serviceAccount.create is false" .Values.serviceAccount.name }}{{- end -}}
{{- end -}}

{{- define "orch.checkpointClaim" -}}
{{- .Values.checkpoints.existingClaim | default (printf "%s-checkpoints" (include "orch.name" .)) -}}
{{- end -}}

{{- define "orch.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "orch.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{- define "orch.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
- name: {{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{- /* The Pod of a worker, as the pools file has it. Call with (dict "root" $ "pool" $pool). */ -}}
{{- define "orch.workerTemplate" -}}
{{- $root := .root -}}
{{- $pool := .pool -}}
{{- $image := $pool.image | default dict -}}
metadata:
  labels:
    {{- include "orch.selector" $root | nindent 4 }}
    app.kubernetes.io/component: worker
    {{- with $pool.podLabels }}{{ toYaml . | nindent 4 }}{{- end }}
  {{- with $pool.podAnnotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ if $root.Values.serviceAccount.create }}{{ include "orch.name" $root }}-worker{{ else }}default{{ end }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ $pool.terminationGracePeriodSeconds | default 30 }}
  {{- include "orch.pullSecrets" $root | nindent 2 }}
  {{- with $pool.runtimeClassName }}
  runtimeClassName: {{ . }}
  {{- end }}
  {{- with $pool.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $pool.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $pool.tolerations }}
  tolerations: {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- with $pool.affinity }}
  affinity: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if and $pool.resourceClaims ($root.Capabilities.APIVersions.Has "resource.k8s.io/v1/ResourceClaim") }}
  resourceClaims: {{- toYaml $pool.resourceClaims | nindent 2 }}
  {{- end }}
  securityContext: {{- include "orch.podSecurity" $root | nindent 4 }}
  containers:
  - name: worker
    image: {{ if $image.repository }}{{ include "orch.image" (dict "repository" $image.repository "digest" $image.digest "tag" ($image.tag | default $root.Chart.AppVersion)) }}{{ else }}{{ include "orch.mainImage" $root }}{{ end }}
    imagePullPolicy: {{ $root.Values.image.pullPolicy }}
    args:
    - worker
    - --coordinator
    - http://{{ include "orch.name" $root }}:7071
    - --id
    - $(POD_NAME)
    - --host
    - $(NODE_NAME)
    - --device
    - {{ $pool.device }}
    - --bind
    - 0.0.0.0
    - --advertise
    - $(POD_IP)
    - --port
    - "7072"
    - --http-port
    - "9090"
    - --log
    - json
    {{- range $pool.args }}
    - {{ . | quote }}
    {{- end }}
    env:
    - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
    - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
    - {name: NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
    - {name: HOME, value: /tmp}
    {{- with $pool.env }}{{ toYaml . | nindent 4 }}{{- end }}
    ports:
    - {name: ranks, containerPort: 7072, protocol: TCP}
    - {name: http, containerPort: 9090, protocol: TCP}
    readinessProbe:
      httpGet: {path: /readyz, port: http}
      periodSeconds: 5
    livenessProbe:
      httpGet: {path: /healthz, port: http}
      initialDelaySeconds: 30
      periodSeconds: 20
      timeoutSeconds: 10
      failureThreshold: 6
    resources: {{- toYaml ($pool.resources | default (dict "limits" (ternary (dict "nvidia.com/gpu" 1) dict (eq $pool.device "cuda")))) | nindent 6 }}
    securityContext: {{- include "orch.containerSecurity" $root | nindent 6 }}
    volumeMounts:
    - {name: tmp, mountPath: /tmp}
    - {name: shm, mountPath: /dev/shm}
    - {name: checkpoints, mountPath: /checkpoints}
    {{- with $pool.volumeMounts }}{{ toYaml . | nindent 4 }}{{- end }}
  volumes:
  - {name: tmp, emptyDir: {}}
  - {name: shm, emptyDir: {medium: Memory, sizeLimit: {{ $pool.shmSize | default "1Gi" }}}}
  - {name: checkpoints, persistentVolumeClaim: {claimName: {{ include "orch.checkpointClaim" $root }}}}
  {{- with $pool.volumes }}{{ toYaml . | nindent 2 }}{{- end }}
{{- end -}}

{{- /* The pools file of the coordinator. */ -}}
{{- define "orch.poolsFile" -}}
installation: {{ include "orch.name" . }}
owner: {{ include "orch.name" . }}-pools
watchNodes: {{ .Values.rbac.watchNodes }}
dedicated: {{ .Values.dedicated.enabled }}
pools:
{{- range $pool := .Values.pools }}
- name: {{ $pool.name }}
  device: {{ $pool.device }}
  min: {{ $pool.min | default 0 }}
  max: {{ if hasKey $pool "max" }}{{ $pool.max }}{{ else }}1{{ end }}
  idleSeconds: {{ if hasKey $pool "idleSeconds" }}{{ $pool.idleSeconds }}{{ else }}600{{ end }}
  deadlineSeconds: {{ $pool.deadlineSeconds | default 900 }}
  template: {{- include "orch.workerTemplate" (dict "root" $ "pool" $pool) | nindent 4 }}
{{- end }}
{{- end -}}
