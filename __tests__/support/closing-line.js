/** Closes a run with one plain line of counts, for whoever reads it without knowing Jest. */
export default class ClosingLine {
  onRunComplete(_contexts, {numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites}) {
    const failed = numFailedTests + numRuntimeErrorTestSuites
    console.log(`${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`)
  }
}
