/** The errors of the Serverless Framework (4.41), in its own words. */
export const PROFILE_AND_RESOLVER =
  'The provider.profile and provider.resolver cannot be set at the same time'
export const SEVERAL_RESOLVERS =
  'Multiple resolvers with type "aws" found. Please specify the credential provider to use for deployment in the provider.resolver key.'
export const HALF_KEY = 'If you provide an access key ID or secret access key, you must provide both.'
export const PARAMS_WITH_STAGES =
  '"params" and "stages" cannot be used together in the top-level of serverless.yml.' +
  'If you want to define params, use the "params" key in the "stages" block.'

export const unknownResolver = (name: string) => `Provider ${name} is not supported`
export const typeNotSupported = (type: string) => `Resolver provider ${type} is not supported`
export const typeMissing = (name: string, stage: string) =>
  `"type" attribute is missing in ${name} resolver in stage ${stage}`
