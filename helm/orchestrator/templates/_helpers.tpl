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

{{- /* Where checkpoints are, as coordinators are told. */ -}}
{{- define "orch.checkpoints" -}}
{{- $s3 := .Values.checkpoints.s3 -}}
{{- if $s3.url -}}
{{- $service := list -}}
{{- with $s3.endpoint }}{{ $service = append $service (printf "endpoint=%s" .) }}{{ end -}}
{{- with $s3.region }}{{ $service = append $service (printf "region=%s" .) }}{{ end -}}
{{- if ne (toString $s3.pathStyle) "" }}{{ $service = append $service (printf "path_style=%v" $s3.pathStyle) }}{{ end -}}
{{- $s3.url }}{{ if $service }}?{{ join "&" $service }}{{ end -}}
{{- else -}}/checkpoints{{- end -}}
{{- end -}}

{{- /* What lets a container into the bucket: entries of its env. */ -}}
{{- define "orch.s3Env" -}}
{{- if and .Values.checkpoints.s3.url .Values.checkpoints.s3.existingSecret -}}
{{- range $key := list "AWS_ACCESS_KEY_ID" "AWS_SECRET_ACCESS_KEY" }}
- {name: {{ $key }}, valueFrom: {secretKeyRef: {name: {{ $.Values.checkpoints.s3.existingSecret }}, key: {{ $key }}}}}
{{- end }}
{{- end -}}
{{- end -}}

{{- /* The way to the bucket: rules of an egress. */ -}}
{{- define "orch.s3Egress" -}}
{{- $s3 := .Values.checkpoints.s3 -}}
{{- if $s3.url -}}
{{- $port := regexFind ":[0-9]+$" $s3.endpoint | trimPrefix ":" | default (ternary "80" "443" (hasPrefix "http://" $s3.endpoint)) -}}
# The bucket{{ if not $s3.existingSecret }}, and where a role's credentials come from{{ end }}.
- ports: [{port: {{ $port }}, protocol: TCP}]
{{- if not $s3.existingSecret }}
- ports: [{port: 443, protocol: TCP}]
- to: [{ipBlock: {cidr: 169.254.170.23/32}}]
  ports: [{port: 80, protocol: TCP}]
{{- end }}
{{- end -}}
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

{{- /* Where certificates and tokens come from; nothing: there is none. */ -}}
{{- define "orch.tlsSecret" -}}
{{- if eq .Values.access.mode "generated" -}}{{ include "orch.name" . }}-tls{{- else if eq .Values.access.mode "existing" -}}{{ .Values.access.coordinatorCertificate }}{{- end -}}
{{- end -}}

{{- define "orch.workerTlsSecret" -}}
{{- if eq .Values.access.mode "generated" -}}{{ include "orch.name" . }}-worker-tls{{- else if eq .Values.access.mode "existing" -}}{{ .Values.access.workerCertificate }}{{- end -}}
{{- end -}}

{{- define "orch.tokensSecret" -}}
{{- if eq .Values.access.mode "generated" -}}{{ include "orch.name" . }}-tokens{{- else if eq .Values.access.mode "existing" -}}{{ required "access.tokens is needed for access.mode: existing" .Values.access.tokens }}{{- end -}}
{{- end -}}

{{- define "orch.oidc" -}}
{{- if and .Values.access.oidc (eq .Values.access.mode "none") -}}{{ fail "access.oidc: with access.mode: none everybody may do everything" }}{{- end -}}
{{- .Values.access.oidc -}}
{{- end -}}

{{- define "orch.testTokenSecret" -}}
{{- if eq .Values.access.mode "generated" -}}{{ include "orch.name" . }}-test{{- else if eq .Values.access.mode "existing" -}}{{ .Values.access.testToken }}{{- end -}}
{{- end -}}

{{- define "orch.workerTokenSecret" -}}
{{- if and (eq .Values.access.mode "existing") (not .Values.access.workerCertificate) -}}{{ required "access.workerCertificate or access.workerToken is needed for access.mode: existing" .Values.access.workerToken }}{{- end -}}
{{- end -}}

{{- define "orch.address" -}}
{{ ternary "https" "http" (ne (include "orch.tlsSecret" .) "") }}://{{ include "orch.name" . }}:7071
{{- end -}}

{{- define "orch.probe" -}}
httpGet: {path: {{ .path }}, port: http{{ if ne (include "orch.tlsSecret" .root) "" }}, scheme: HTTPS{{ end }}}
{{- end -}}

{{- define "orch.redisAuthority" -}}
{{- if eq .Values.redis.mode "external" -}}{{ .Values.redis.authoritySecret }}{{- end -}}
{{- end -}}

{{- /* Where traces go: entries of a container's env. */ -}}
{{- define "orch.otlpEnv" -}}
{{- if .Values.otlp.endpoint -}}
- {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ .Values.otlp.endpoint | quote }}}
- {name: OTEL_EXPORTER_OTLP_PROTOCOL, value: {{ .Values.otlp.protocol }}}
{{- with .Values.otlp.headersSecret }}
- {name: OTEL_EXPORTER_OTLP_HEADERS, valueFrom: {secretKeyRef: {name: {{ . }}, key: headers}}}
{{- end }}
{{- end -}}
{{- end -}}

{{- define "orch.otlpPort" -}}
{{- with .Values.otlp.endpoint }}{{ regexFind ":[0-9]+/?$" . | trimAll ":/" }}{{ end -}}
{{- end -}}

{{- /* The version of BackendTLSPolicy by which a Gateway learns to dial the coordinator; nothing: none is needed or offered. */ -}}
{{- define "orch.backendTls" -}}
{{- $has := .Capabilities.APIVersions -}}
{{- if and .Values.gateway.enabled ($has.Has "gateway.networking.k8s.io/v1/HTTPRoute") (include "orch.tlsSecret" .) -}}
{{- if $has.Has "gateway.networking.k8s.io/v1/BackendTLSPolicy" -}}gateway.networking.k8s.io/v1{{- else if $has.Has "gateway.networking.k8s.io/v1alpha3/BackendTLSPolicy" -}}gateway.networking.k8s.io/v1alpha3{{- end -}}
{{- end -}}
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
  {{- with $pool.topologySpreadConstraints }}
  topologySpreadConstraints: {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- $has := $root.Capabilities.APIVersions }}
  {{- $claims := or ($has.Has "resource.k8s.io/v1/ResourceClaim") ($has.Has "resource.k8s.io/v1beta2/ResourceClaim") ($has.Has "resource.k8s.io/v1beta1/ResourceClaim") }}
  {{- $resources := $pool.resources | default (dict "limits" (ternary (dict "nvidia.com/gpu" 1) dict (eq $pool.device "cuda"))) }}
  {{- if and $pool.resourceClaims $claims }}
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
    - {{ include "orch.address" $root }}
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
    {{- if include "orch.workerTlsSecret" $root }}
    - --tls-cert
    - /etc/orchestrator/tls/tls.crt
    - --tls-key
    - /etc/orchestrator/tls/tls.key
    {{- else if include "orch.workerTokenSecret" $root }}
    - --token-file
    - /etc/orchestrator/token/token
    {{- else }}
    - --insecure
    {{- end }}
    {{- if include "orch.tlsSecret" $root }}
    - --ca
    - /etc/orchestrator/{{ ternary "tls" "ca" (ne (include "orch.workerTlsSecret" $root) "") }}/ca.crt
    {{- end }}
    {{- range $pool.args }}
    - {{ . | quote }}
    {{- end }}
    env:
    - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
    - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
    - {name: NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
    - {name: HOME, value: /tmp}
    {{- with include "orch.otlpEnv" $root }}{{ . | nindent 4 }}{{- end }}
    {{- with include "orch.s3Env" $root }}{{ . | trim | nindent 4 }}{{- end }}
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
    resources: {{- toYaml (ternary $resources (omit $resources "claims") $claims) | nindent 6 }}
    securityContext: {{- include "orch.containerSecurity" $root | nindent 6 }}
    volumeMounts:
    - {name: tmp, mountPath: /tmp}
    - {name: shm, mountPath: /dev/shm}
    {{- if not $root.Values.checkpoints.s3.url }}
    - {name: checkpoints, mountPath: /checkpoints}
    {{- end }}
    {{- if include "orch.workerTlsSecret" $root }}
    - {name: tls, mountPath: /etc/orchestrator/tls, readOnly: true}
    {{- else }}
    {{- if include "orch.workerTokenSecret" $root }}
    - {name: token, mountPath: /etc/orchestrator/token, readOnly: true}
    {{- end }}
    {{- if include "orch.tlsSecret" $root }}
    - {name: ca, mountPath: /etc/orchestrator/ca, readOnly: true}
    {{- end }}
    {{- end }}
    {{- with $pool.volumeMounts }}{{ toYaml . | nindent 4 }}{{- end }}
  volumes:
  - {name: tmp, emptyDir: {}}
  - {name: shm, emptyDir: {medium: Memory, sizeLimit: {{ $pool.shmSize | default "1Gi" }}}}
  {{- if not $root.Values.checkpoints.s3.url }}
  - {name: checkpoints, persistentVolumeClaim: {claimName: {{ include "orch.checkpointClaim" $root }}}}
  {{- end }}
  {{- if include "orch.workerTlsSecret" $root }}
  - {name: tls, secret: {secretName: {{ include "orch.workerTlsSecret" $root }}}}
  {{- else }}
  {{- if include "orch.workerTokenSecret" $root }}
  - {name: token, secret: {secretName: {{ include "orch.workerTokenSecret" $root }}}}
  {{- end }}
  {{- if include "orch.tlsSecret" $root }}
  - {name: ca, secret: {secretName: {{ include "orch.tlsSecret" $root }}, items: [{key: ca.crt, path: ca.crt}]}}
  {{- end }}
  {{- end }}
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
