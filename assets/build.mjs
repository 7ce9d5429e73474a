// Builds the style sheet, the script and the icons into the folder that the
// binary embeds. Run by `npm run build`.
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const assets = dirname(fileURLToPath(import.meta.url))
const root = dirname(assets)
const dist = join(root, 'internal', 'web', 'static', 'dist')
const nhsuk = join(root, 'node_modules', 'nhsuk-frontend', 'dist', 'nhsuk')

// Browsers of 2021 and later. Older ones get the same pages unscripted.
const target = ['chrome87', 'edge87', 'firefox84', 'safari15']

// Everything is built aside and moved into place when it is whole: a Go build
// that runs at the same moment embeds the old files or the new, never none.
await mkdir(join(root, 'build'), { recursive: true })
const out = await mkdtemp(join(root, 'build', 'assets-'))
try {
  const css = await buildStyles()
  await Promise.all([buildScript(), copyIcons(css)])
  await compressAll()
  await report()
  await moveIntoPlace()
} finally {
  await rm(out, { recursive: true })
}

// README is the one committed file in dist: it lets the Go package that embeds
// the folder compile before anything is built. A name with a dot is make's.
async function moveIntoPlace() {
  const built = new Set((await filesIn(out)).map((path) => relative(out, path)))
  for (const name of built) {
    await mkdir(dirname(join(dist, name)), { recursive: true })
    await rename(join(out, name), join(dist, name))
  }
  for (const path of await filesIn(dist)) {
    const name = relative(dist, path)
    if (!built.has(name) && name !== 'README' && !name.startsWith('.')) await rm(path)
  }
}

async function buildStyles() {
  const compiled = sass.compile(join(assets, 'scss', 'app.scss'), {
    importers: [new sass.NodePackageImporter(root)],
    quietDeps: true
  })
  const { code } = await esbuild.transform(compiled.css, { loader: 'css', minify: true, target })
  refuseOtherHosts(code)
  await writeFile(join(out, 'app.css'), code)
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
    outfile: join(out, 'app.js'),
    bundle: true,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    target
  })
}

// Copies our own icons and those of nhsuk-frontend's that the style sheet names.
async function copyIcons(code) {
  await mkdir(join(out, 'images'), { recursive: true })
  for (const name of await readdir(join(assets, 'icons'))) {
    await copyFile(join(assets, 'icons', name), join(out, name))
  }
  const named = new Set([...code.matchAll(/url\(["']?images\/([\w.-]+)["']?\)/g)].map((m) => m[1]))
  for (const name of named) {
    await copyFile(join(nhsuk, 'assets', 'images', name), join(out, 'images', name))
  }
}

async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
}

async function compressAll() {
  for (const path of await filesIn(out)) {
    await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: constants.Z_BEST_COMPRESSION }))
  }
}

async function report() {
  for (const path of (await filesIn(out)).sort()) {
    if (path.endsWith('.gz')) continue
    const [plain, gzip] = await Promise.all([readFile(path), readFile(`${path}.gz`)])
    console.log(`${relative(out, path).padEnd(36)} ${String(plain.length).padStart(7)} bytes ${String(gzip.length).padStart(6)} gzip`)
  }
}
