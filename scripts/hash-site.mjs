// Names the files of the release site by what they hold. `node scripts/hash-site.mjs SITE/pkg HASH_FILE`
//
// cargo-leptos takes the hash of the main JavaScript and wasm before it writes the other files' names into them, so a new
// build can put new content under an old name, and a browser that may keep such a file for a year would never ask again.
// Files name each other in circles, so a file's hash here is made of its own content and of all that it leads to, with the
// hashes in their names left out.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const HASH_LENGTH = 22
const BLANK = '_'.repeat(HASH_LENGTH)
const NAME = new RegExp(`^(?<stem>.+)\\.(?<hash>[\\w-]{${HASH_LENGTH}})\\.(?<extension>\\w+)$`)
// What the hash file calls the files that the server names in its pages.
const LISTED = { js: 'lyceum.?.js', wasm: 'lyceum.?.wasm', css: 'lyceum.?.css', manifest: '__wasm_split_manifest.?.json', split: '__wasm_split.?.js' }
const TWINS = {
    br: content => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    gz: content => gzipSync(content, { level: 9 }),
}

const [folder, hashFile] = process.argv.slice(2)
if (!folder || !hashFile) fail('usage: node scripts/hash-site.mjs SITE/pkg HASH_FILE')

const files = readFiles()
const references = referencePattern(files)
for (const file of files) blankReferences(file)
for (const file of files) file.newHash = hashOfAllItLeadsTo(file)
rewrite()
checkNothingDangles()

function readFiles() {
    const names = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
        .map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(join(folder, '/').length))
    return names.map(name => {
        const parts = NAME.exec(name)?.groups
        if (!parts) fail(`${name} has no hash in its name, but browsers would be told to keep it for good`)
        return { name, ...parts, content: readFileSync(join(folder, name)) }
    })
}

/** Matches `stem.hash` of every file, with the longer stem first where one ends with the other. */
function referencePattern(files) {
    const known = files.map(({ stem, hash }) => `${stem}.${hash}`).toSorted((a, b) => b.length - a.length)
    return new RegExp(known.map(text => text.replaceAll('.', '\\.')).join('|'), 'g')
}

function blankReferences(file) {
    // Latin-1 gives every byte a character of its own, so wasm survives the way to a string and back.
    const text = file.content.toString('latin1')
    file.leadsTo = new Set(text.match(references))
    file.blank = text.replace(references, found => found.slice(0, -HASH_LENGTH) + BLANK)
}

function hashOfAllItLeadsTo(file) {
    const reached = new Set([file])
    for (const one of reached) {
        for (const other of files) if (one.leadsTo.has(`${other.stem}.${other.hash}`)) reached.add(other)
    }
    const [own, ...others] = [...reached].map(one => `${one.stem}.${one.extension} ${sha256(one.blank).toString('hex')}`)
    return sha256([own, ...others.toSorted()].join('\n')).toString('base64url').slice(0, HASH_LENGTH)
}

function rewrite() {
    const renamed = new Map(files.map(({ stem, hash, newHash }) => [`${stem}.${hash}`, `${stem}.${newHash}`]))
    for (const file of files) {
        const newName = `${file.stem}.${file.newHash}.${file.extension}`
        const text = file.content.toString('latin1')
        const newText = text.replace(references, found => renamed.get(found))
        file.newContent = Buffer.from(newText, 'latin1')
        for (const twin of Object.keys(TWINS)) {
            const [old, made] = [`${file.name}.${twin}`, `${newName}.${twin}`].map(name => join(folder, name))
            if (!existsSync(old)) continue
            if (newText === text) renameSync(old, made)
            else {
                rmSync(old)
                writeFileSync(made, TWINS[twin](file.newContent))
            }
        }
        renameSync(join(folder, file.name), join(folder, newName))
        if (newText !== text) writeFileSync(join(folder, newName), file.newContent)
    }
    const lines = readFileSync(hashFile, 'utf8').split('\n').filter(Boolean)
    writeFileSync(hashFile, lines.map(line => `${renamedLine(line)}\n`).join(''))
}

function renamedLine(line) {
    const [key, hash] = line.split(': ')
    const name = LISTED[key]?.replace('?', hash)
    const file = files.find(file => file.name === name)
    if (!file) fail(`${hashFile} names ${name ?? key}, which is not in ${folder}`)
    return `${key}: ${file.newHash}`
}

/** Whatever looks like a file of this build, by its stem, must be one. */
function checkNothingDangles() {
    const present = new Set(files.map(({ stem, newHash }) => `${stem}.${newHash}`))
    const stems = [...new Set(files.map(({ stem }) => stem))].map(stem => stem.replaceAll('.', '\\.'))
    // With an extension, or as a whole text as in the manifest: `__wasm_split.a_function` is no file.
    const anyReference = new RegExp(`(?<![\\w.-])((?:${stems.join('|')})\\.[\\w-]{${HASH_LENGTH}})(?:\\.(?:css|js|json|wasm)(?!\\w)|(?="))`, 'g')
    for (const { stem, newHash, extension, newContent } of files) {
        for (const [, found] of newContent.toString('latin1').matchAll(anyReference)) {
            if (!present.has(found)) fail(`${stem}.${newHash}.${extension} names ${found}, which does not exist`)
        }
    }
}

function sha256(text) {
    return createHash('sha256').update(text, 'latin1').digest()
}

function fail(reason) {
    console.error(`hash-site: ${reason}`)
    process.exit(1)
}
