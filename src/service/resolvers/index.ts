/** The resolvers of a service: read, explain, check. */
export {checkModel, checkText, type ServiceFinding} from './check.js'
export {readCompose} from './compose.js'
export type {Credentials} from './credentials.js'
export {deployResolver, explainStage, type Resolves, type StageVerdict} from './explain.js'
export {readModel, type ServiceModel} from './model.js'

export {resolverRows, type ResolverRow} from './rows.js'
export {stagesOf} from './stages.js'
export {worldOf, type ProfileKnown, type World} from './world.js'
