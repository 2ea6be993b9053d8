/** The suite as a library: what the command line does, for programs. */
export type { CheckResult } from './checks/check.js';
export type { Shard } from './checks/selection.js';
export type { Waiver } from './checks/waivers.js';
export { defineSubject, type SubjectDefinition } from './library/define-subject.js';
export { type ReplayOptions, replay, type Story } from './library/replay-story.js';
export {
  ConformanceOptionError,
  type ConformanceOptions,
  type ConformanceProgress,
  requirementsOf,
  runConformance,
  type SelectionOptions,
} from './library/run-conformance.js';
export { jsonReport, parseReport, ReportFileError } from './report/json.js';
export { type CheckReport, type ConformanceReport, type RequirementReport, reportVersion } from './report/report.js';
export { reportSchema } from './report/report-schema.js';
export { requirements } from './requirements/index.js';
export type { Requirement } from './requirements/requirement.js';
export { ScenarioFileError } from './scenario/read-scenario.js';
export type { ScenarioReport, StepReport } from './scenario/scenario-report.js';
export {
  type Answer,
  type Arguments,
  type RaisedException,
  type Subject,
  type SubjectEnvironment,
  SubjectError,
  type SubjectFactory,
} from './subjects/subject.js';
