import type {ResolversPorts, ServiceView} from '../../flows/resolvers/ports.js'
import {Failure} from '../../src/domain/problem.js'
import {safe, say} from '../../src/text/safe-text.js'
import {problem} from './local-ports.js'
import {ssoPlanned} from './sso-ports.js'

const fail = (code: string) => async () => Promise.reject(new Failure(problem(code)))

export const view: ServiceView = {
  path: '/p/serverless.yml',
  file: say`serverless.yml`,
  canEdit: true,
  hasErrors: false,
  overview: [{kind: 'heading', text: say`serverless.yml`}],
  stages: [
    {
      name: 'dev',
      explained: [{kind: 'heading', text: say`Stage dev`}],
      resolvers: [{name: 'acme', writtenIn: 'dev', isAws: true, isDashboardOff: false}],
    },
    {name: 'prod', explained: [], resolvers: []},
  ],
  providerProfile: 'old',
  profiles: [{name: 'work', hint: say`~/.aws/credentials:1`}],
  canVerify: true,
  canUndo: false,
  data: () => ({file: '/p/serverless.yml'}),
}

/** A world where everything works; `changes` are the ways in which a test's world differs. */
export function goodResolversPorts(changes: Partial<ResolversPorts> = {}): ResolversPorts {
  return {
    readServices: async () => [view],
    planResolvers: async () => ssoPlanned,
    writeResolvers: async () => [],
    ...changes,
  }
}

/** Every kind of trouble, one world each. */
export const resolversWorlds: Readonly<Record<string, ResolversPorts>> = {
  good: goodResolversPorts(),
  'two services with mistakes': goodResolversPorts({
    readServices: async () =>
      ['a', 'b'].map((name) => ({
        ...view,
        path: `/p/${name}/serverless.yml`,
        file: safe(`${name}/serverless.yml`),
        hasErrors: true,
        canUndo: true,
        profiles: [],
      })),
  }),
  'a program': goodResolversPorts({
    readServices: async () => [{...view, canEdit: false, stages: [], canVerify: false}],
  }),
  'all calls fail': goodResolversPorts({
    readServices: fail('SERVICE_NOT_HERE'),
    planResolvers: fail('SERVICE_EDIT_NOT_READ_BACK'),
    writeResolvers: fail('FILE_CHANGED'),
  }),
  'the change fails': goodResolversPorts({planResolvers: fail('RESOLVER_EXISTS')}),
  'the write fails': goodResolversPorts({writeResolvers: fail('DISK_FULL')}),
}
