/** `serverless-compose.yml`: the services of a project and the folders they are in. */
import type {ServiceDocument} from '../document.js'
import {Tree} from './tree.js'

export interface ComposeService {
  readonly name: string
  /** As it stands in the file, from its folder. */
  readonly path: string
  readonly line: number
}

/** Services without a path (other components) are left out. Throws nothing for a document that `parseService` made. */
export function readCompose(document: ServiceDocument): {readonly services: readonly ComposeService[]} {
  const tree = new Tree(document)
  const services = tree.entries(tree.entry(document.root, 'services')?.node)
  return {
    services: services.flatMap(({key, line, node}) => {
      const path = tree.text(tree.entry(node, 'path'))
      return path ? [{name: key, path: path.value, line}] : []
    }),
  }
}
