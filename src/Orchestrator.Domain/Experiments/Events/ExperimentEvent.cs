using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Experiments;

/// <summary>Something that happened to an experiment and was decided on. The journal is the list of these; the names in JSON are for ever.</summary>
/// <param name="At">When, in UTC.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(ExperimentSubmitted), "experiment_submitted")]
[JsonDerivedType(typeof(ExperimentStopped), "experiment_stopped")]
[JsonDerivedType(typeof(ExperimentResumed), "experiment_resumed")]
[JsonDerivedType(typeof(ExperimentEnded), "experiment_ended")]
[JsonDerivedType(typeof(ExperimentDeleted), "experiment_deleted")]
[JsonDerivedType(typeof(TrialProposed), "trial_proposed")]
[JsonDerivedType(typeof(TrialReported), "trial_reported")]
[JsonDerivedType(typeof(TrialEnded), "trial_ended")]
[JsonDerivedType(typeof(TrialPaused), "trial_paused")]
[JsonDerivedType(typeof(TrialResumed), "trial_resumed")]
[JsonDerivedType(typeof(TrialExtended), "trial_extended")]
[JsonDerivedType(typeof(TrialForked), "trial_forked")]
[JsonDerivedType(typeof(AttemptStarted), "attempt_started")]
[JsonDerivedType(typeof(AttemptEnded), "attempt_ended")]
[JsonDerivedType(typeof(AttemptRegrouped), "attempt_regrouped")]
[JsonDerivedType(typeof(HostExcluded), "host_excluded")]
public abstract record ExperimentEvent(DateTimeOffset At);
