// Builds the style sheet, the script and the icons into the folder that the
// binary embeds. Run by `npm run build`.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { constants, gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const assets = dirname(fileURLToPath(import.meta.url))
const root = dirname(assets)
const dist = join(root, 'internal', 'web', 'static', 'dist')
const nhsuk = join(root, 'node_modules', 'nhsuk-frontend', 'dist', 'nhsuk')

// Browsers of 2021 and later. Older ones get the same pages unscripted.
const target = ['chrome87', 'edge87', 'firefox84', 'safari15']

await emptyDist()
const css = await buildStyles()
await Promise.all([buildScript(), copyIcons(css)])
await compressAll()
await report()

// README is the one committed file in dist: it lets the Go package that embeds
// the folder compile before anything is built.
async function emptyDist() {
  await mkdir(dist, { recursive: true })
  for (const name of await readdir(dist)) {
    if (name !== 'README') await rm(join(dist, name), { recursive: true })
  }
}

async function buildStyles() {
  const compiled = sass.compile(join(assets, 'scss', 'app.scss'), {
    importers: [new sass.NodePackageImporter(root)],
    quietDeps: true
  })
  const { code } = await esbuild.transform(compiled.css, { loader: 'css', minify: true, target })
  refuseOtherHosts(code)
  await writeFile(join(dist, 'app.css'), code)
  return code
}

// A style sheet that loads a font or a picture from elsewhere would break the
// content security policy and tell another host who reads our pages.
function refuseOtherHosts(code) {
  const found = code.match(/url\((["']?)(https?:)?\/\/[^)]*\)|frutiger/i)
  if (found) throw new Error(`app.css must not use ${found[0]}: use a relative address and our own font stack`)
}

function buildScript() {
  return esbuild.build({
    entryPoints: [join(assets, 'app.js')],
    outfile: join(dist, 'app.js'),
    bundle: true,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    target
  })
}

// Copies our own icons and those of nhsuk-frontend's that the style sheet names.
async function copyIcons(code) {
  await mkdir(join(dist, 'images'), { recursive: true })
  for (const name of await readdir(join(assets, 'icons'))) {
    await copyFile(join(assets, 'icons', name), join(dist, name))
  }
  const named = new Set([...code.matchAll(/url\(["']?images\/([\w.-]+)["']?\)/g)].map((m) => m[1]))
  for (const name of named) {
    await copyFile(join(nhsuk, 'assets', 'images', name), join(dist, 'images', name))
  }
}

async function builtFiles() {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true })
  return entries.filter((e) => e.isFile() && e.name !== 'README').map((e) => join(e.parentPath, e.name))
}

async function compressAll() {
  for (const path of await builtFiles()) {
    await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: constants.Z_BEST_COMPRESSION }))
  }
}

async function report() {
  for (const path of (await builtFiles()).sort()) {
    if (path.endsWith('.gz')) continue
    const [plain, gzip] = await Promise.all([readFile(path), readFile(`${path}.gz`)])
    const name = pathToFileURL(path).href.slice(pathToFileURL(dist).href.length + 1)
    console.log(`${name.padEnd(36)} ${String(plain.length).padStart(7)} bytes ${String(gzip.length).padStart(6)} gzip`)
  }
}
