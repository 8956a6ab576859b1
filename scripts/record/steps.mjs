/** What the recording shows: the demo, from no credentials to a verified profile. */
export const recording = {
  title: 'serverless-setup: from no AWS credentials to a verified profile',
  args: ['demo'],
  cols: 90,
  rows: 28,
  /** What differs from run to run is shown with values that do not. */
  steady: [
    [/127\.0\.0\.1:\d+/g, '127.0.0.1:4566'],
    [/AKIA(\*+|\u2026)[A-Z0-9]{4}/g, 'AKIA$17Q2M'],
  ],
  steps: [
    {see: 'Set-Up Method:', holdMs: 2500, press: ['down']},
    {see: /\u276F Save AWS Credentials/, holdMs: 1000, press: ['enter']},
    {see: 'Do you have an AWS account?', press: ['enter']},
    {see: 'How do you want to get an access key?', press: ['down']},
    {see: /\u276F Make one with one command/, holdMs: 2000, press: ['enter']},
    {see: 'What may this access key do', holdMs: 2000, press: ['enter']},
    {see: /CloudShell[^]*Enter (?!choose)/, holdMs: 3000, press: ['enter']},
    {see: 'Ctrl+T type a practice key', press: ['ctrl+t']},
    {see: 'lines pasted, hidden', press: ['enter']},
    {see: 'The key works', holdMs: 3500, press: ['enter']},
    {see: 'Profile name:', press: ['enter']},
    {see: 'Region to deploy to', press: ['i', 'r', 'e']},
    {see: /\u276F eu-west-1/, holdMs: 2000, press: ['enter']},
    {see: 'Write this?', holdMs: 4000, press: ['enter']},
    {see: 'What now?', holdMs: 2500, press: ['enter']},
  ],
}
