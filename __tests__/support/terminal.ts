import {afterEach} from '@jest/globals'
import {closeTerminals} from '../../scripts/pty/terminal.mjs'

export {Terminal} from '../../scripts/pty/terminal.mjs'

// A test that fails half way must not leave its program running.
afterEach(closeTerminals)
