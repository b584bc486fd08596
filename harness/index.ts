// What the package offers to programs: describing a system, and reading the documents that Onesend writes.
export { parseDocument, readDocument, writeDocument } from './formats/document.ts';
export { OnesendError, type ErrorCode } from './platform/errors.ts';
export { type GateReport, gateReportDocument } from './formats/gate.ts';
export { type History, historyDocument } from './formats/history.ts';
export { type Baseline, baselineDocument } from './formats/baseline.ts';
export { type Certificate, certificateDocument } from './formats/certificate.ts';
export { type CheckReport, checkDocument } from './formats/check.ts';
export { type Counterexample, counterexampleDocument } from './formats/counterexample.ts';
export { type DemoReport, demoDocument } from './formats/demo.ts';
export { type DoctorReport, doctorDocument } from './formats/doctor.ts';
export { type Evidence, evidenceDocument } from './formats/evidence.ts';
export { initDocument, type InitReport } from './formats/init.ts';
export { type ProxyReport, proxyDocument } from './formats/proxy.ts';
export { type ReplayReport, replayDocument } from './formats/replay.ts';
export { type Result, resultDocument } from './formats/result.ts';
export { type Scenario, scenarioDocument } from './formats/scenario.ts';
export { defineConfig, defineSystem, type OnesendConfig, type SystemConfig } from './formats/system-config.ts';
export { EXIT_CODES, type Verdict } from './formats/decision.ts';
