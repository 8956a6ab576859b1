/** Builds the one file that people run: dist/cli.js. */
import {chmodSync, mkdirSync, readFileSync} from 'node:fs'
import {build} from 'esbuild'

const {version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

mkdirSync(new URL('../dist', import.meta.url), {recursive: true})
await build({
  entryPoints: ['src/cli.ts'],
  outfile: 'dist/cli.js',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  jsx: 'automatic',
  minify: true,
  legalComments: 'none',
  mainFields: ['module', 'main'],
  define: {'process.env.NODE_ENV': '"production"', __VERSION__: JSON.stringify(version)},
  // Ink asks for the developer tools only under DEV=true; the package is large and never needed here.
  alias: {'react-devtools-core': './scripts/empty-module.js'},
  banner: {
    js: "#!/usr/bin/env node\nimport{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
chmodSync('dist/cli.js', 0o755)
