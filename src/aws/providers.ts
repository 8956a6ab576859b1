/**
 * How the SDK for JavaScript comes from a profile to its keys: what a deploy runs, too. Heavy, and apart from the
 * clients, as few runs need it: it is imported dynamically.
 */
export {fromHttp, fromIni, fromInstanceMetadata, fromProcess} from '@aws-sdk/credential-providers'
export {externalDataInterceptor, parseKnownFiles} from '@smithy/shared-ini-file-loader'
