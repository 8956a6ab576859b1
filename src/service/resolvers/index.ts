/** The resolvers of a service: read, explain, check. */
export {checkModel, checkText, type ServiceFinding, type ServiceFindingCode} from './check.js'
export {readCompose, type ComposeService} from './compose.js'
export type {Credentials, CredentialsBy, FrameworkError, Reason} from './credentials.js'
export {deployResolver, explainStage, type Resolves, type StageVerdict} from './explain.js'
export {
  readModel,
  type At,
  type KeyModel,
  type OpenSecret,
  type OtherKey,
  type ProviderModel,
  type ResolverModel,
  type ServiceModel,
  type StageModel,
  type Use,
} from './model.js'
export type {RegionFrom} from './region.js'
export {resolverRows, type ResolverRow} from './rows.js'
export {stagesOf} from './stages.js'
export {profilesHere, worldOf, type ProfileKnown, type World} from './world.js'
