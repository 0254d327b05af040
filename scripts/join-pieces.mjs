// Joins the pieces that the lazy packages share into few files. `node scripts/join-pieces.mjs SITE/pkg`
//
// The splitter gives every set of packages that share some code a file of its own: over a hundred for a page, most of them
// under a kilobyte. Each is a request, and compressed by itself it is a fifth larger than together with the others.
// A joined file is an empty WebAssembly module that holds the pieces as custom sections, so the browser takes it apart.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** What every page of somebody who is signed in loads, and what the page that they come to first loads besides. */
const GROUPS = { joined_frame: /^signed_in_\d+$/, joined_first: /^(conversations|switcher_dialog)_\d+$/ }
/** Below this, in bytes, any other piece comes with the small ones, also where only some of them are needed. */
const SMALL = 4_000
const HASH = '(?:\\.[\\w-]{22})?'
/** The form in which the splitter writes them, in release builds with a hash and in others with a check of its own. */
const PIECE = new RegExp(
    'const (?<loader>__chunk_\\d+) = makeLoad\\(\\(\\) => \\{\\n' +
        `\\s*const src = fetch\\(new URL\\("\\./(?<name>(?<stem>chunk_\\d+)${HASH})\\.wasm", import\\.meta\\.url\\)\\);\\n` +
        '\\s*return async \\(imports\\) => (?<check>\\w*)\\(?WebAssembly\\.instantiateStreaming\\(src, imports\\)\\)?;\\n\\}',
    'g',
)
const TWINS = {
    br: content => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    gz: content => gzipSync(content, { level: 9 }),
}
/** A module that cannot be loaded now is asked for anew the next time, as the splitter does it with its own. */
const TAKING_APART = `
function joinedPieces(url) {
    let loading = undefined;
    return async (name) => {
        loading ??= WebAssembly.compileStreaming(fetch(url));
        const attempt = loading;
        attempt.catch(() => { if (loading === attempt) loading = undefined; });
        return WebAssembly.Module.customSections(await attempt, name)[0];
    };
}
`

const [folder] = process.argv.slice(2)
if (!folder) fail('usage: node scripts/join-pieces.mjs SITE/pkg')
const [manifestName, loaderName] = [only(`^__wasm_split_manifest${HASH}\\.json$`), only(`^__wasm_split${HASH}\\.js$`)]
const isHashed = manifestName.split('.').length > 2
const manifest = JSON.parse(readFileSync(join(folder, manifestName), 'utf8'))
const loader = readFileSync(join(folder, loaderName), 'utf8')

const pieces = readPieces()
const files = [...Object.keys(GROUPS), 'joined_small']
    .map(stem => joined(stem, pieces.filter(piece => piece.file === stem)))
    .filter(file => file.pieces.length > 1)
for (const file of files) write(`${file.name}.wasm`, file.content)
write(loaderName, rewrittenLoader())
write(manifestName, JSON.stringify(rewrittenManifest()))
for (const piece of files.flatMap(file => file.pieces)) remove(`${piece.name}.wasm`)
for (const file of files) console.log(`join-pieces: ${file.pieces.length} pieces in ${file.stem}, ${file.content.length} bytes`)

function readPieces() {
    const found = [...loader.matchAll(PIECE)].map(({ groups }) => groups)
    const named = new Set(Object.values(manifest).flat().filter(name => name.startsWith('chunk_')))
    const isNew = !loader.includes('function joinedPieces')
    if (found.length !== named.size || (isNew && found.length === 0)) {
        fail(`${loaderName} loads ${found.length} pieces in the known form, the manifest names ${named.size}`)
    }
    const groups = Object.entries(GROUPS).map(([file, lazy]) => ({ file, names: namesOf(lazy) }))
    return found.map(({ stem, name }) => {
        const content = readFileSync(join(folder, `${name}.wasm`))
        const group = groups.find(({ names }) => names.includes(name))
        return { name, stem, content, file: group?.file ?? (content.length < SMALL ? 'joined_small' : undefined) }
    })
}

function namesOf(lazy) {
    const found = Object.entries(manifest).filter(([name]) => lazy.test(name))
    if (found.length === 0) fail(`${manifestName} has no package like ${lazy}`)
    return found.flatMap(([, names]) => names)
}

function joined(stem, pieces) {
    const header = Buffer.from('\0asm\x01\0\0\0', 'latin1')
    const content = Buffer.concat([header, ...pieces.map(customSection)])
    const hash = createHash('sha256').update(content).digest('base64url').slice(0, 22)
    return { stem, name: isHashed ? `${stem}.${hash}` : stem, pieces, content }
}

/** WebAssembly 1.0, 5.5.3: an id of 0, the size, a name and any bytes. */
function customSection({ stem, content }) {
    const name = Buffer.from(stem, 'latin1')
    const body = Buffer.concat([unsigned(name.length), name, content])
    return Buffer.concat([Buffer.from([0]), unsigned(body.length), body])
}

/** LEB128. */
function unsigned(number) {
    const bytes = []
    do {
        bytes.push((number & 0x7f) | (number > 0x7f ? 0x80 : 0))
        number >>>= 7
    } while (number > 0)
    return Buffer.from(bytes)
}

function fileOf(name) {
    return files.find(file => file.pieces.some(piece => piece.name === name))
}

function rewrittenLoader() {
    const locations = files.map(({ stem, name }) => `const __${stem} = joinedPieces(new URL("./${name}.wasm", import.meta.url));\n`)
    const rewritten = loader.replace(PIECE, (text, chunk, name, stem, check) => {
        const file = fileOf(name)
        if (!file) return text
        return `const ${chunk} = makeLoad(() => {
    const src = __${file.stem}("${stem}");
    return async (imports) => ${check}(WebAssembly.instantiate(await src, imports));
}`
    })
    return files.length === 0 ? loader : rewritten.replace('function makeLoad', TAKING_APART + locations.join('') + 'function makeLoad')
}

function rewrittenManifest() {
    const renamed = name => fileOf(name)?.name ?? name
    return Object.fromEntries(Object.entries(manifest).map(([lazy, names]) => [lazy, [...new Set(names.map(renamed))]]))
}

function write(name, content) {
    writeFileSync(join(folder, name), content)
    if (!isHashed) return
    for (const [twin, compressed] of Object.entries(TWINS)) writeFileSync(join(folder, `${name}.${twin}`), compressed(Buffer.from(content)))
}

function remove(name) {
    for (const twin of [name, ...Object.keys(TWINS).map(twin => `${name}.${twin}`)]) {
        if (existsSync(join(folder, twin))) rmSync(join(folder, twin))
    }
}

function only(pattern) {
    const found = readdirSync(folder).filter(name => new RegExp(pattern).test(name))
    if (found.length !== 1) fail(`${folder} has ${found.length} files like ${pattern}`)
    return found[0]
}

function fail(reason) {
    console.error(`join-pieces: ${reason}`)
    process.exit(1)
}
