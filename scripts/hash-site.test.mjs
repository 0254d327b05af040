import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

/** A site as cargo-leptos leaves it: main files that keep their names whatever the lazy page's file is called. */
function builtSite(t, lazyPage, main = 'main') {
    const folder = mkdtempSync(join(tmpdir(), 'lyceum-site-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const [js, wasm, css] = ['js', 'wasm', 'css'].map(text => hash(`${main} ${text}`))
    const page = hash(lazyPage)
    const split = hash(`split ${page}`)
    const [manifest] = [hash('manifest')]
    const write = (name, content) => {
        writeFileSync(join(folder, name), content)
        for (const twin of ['br', 'gz']) writeFileSync(join(folder, `${name}.${twin}`), 'made of what cargo-leptos wrote')
    }
    write(`lyceum.${js}.js`, `import * as split from "./__wasm_split.${split}.js"; ${main}`)
    write(`lyceum.${wasm}.wasm`, Buffer.from(`\0asm\xff${main}./__wasm_split.${split}.js\xfe`, 'latin1'))
    write(`lyceum.${css}.css`, 'body {}')
    write(`__wasm_split.${split}.js`, `import { initSync } from "./lyceum.${js}.js"; fetch("./page.${page}.wasm")`)
    write(`page.${page}.wasm`, lazyPage)
    write(`__wasm_split_manifest.${manifest}.json`, JSON.stringify({ load_page: [`page.${page}`] }))
    writeFileSync(join(folder, 'hash.txt'), `js: ${js}\nwasm: ${wasm}\ncss: ${css}\nmanifest: ${manifest}\nsplit: ${split}\n`)
    return folder
}

const hash = text => createHash('md5').update(text).digest('base64url')

function hashSite(folder) {
    const hashFile = join(folder, '..', `${folder.split('/').pop()}.hash`)
    writeFileSync(hashFile, readFileSync(join(folder, 'hash.txt')))
    rmSync(join(folder, 'hash.txt'))
    try {
        execFileSync('node', [join(import.meta.dirname, 'hash-site.mjs'), folder, hashFile], { stdio: 'pipe' })
        writeFileSync(join(folder, 'hash.txt'), readFileSync(hashFile))
    } finally {
        rmSync(hashFile)
    }
    return names(folder)
}

const names = folder => readdirSync(folder).filter(name => !/\.(br|gz|txt)$/.test(name)).toSorted()
const named = (all, start, end) => all.find(name => name.startsWith(start) && name.endsWith(end))

test('a change in one lazy page changes the name of every file that leads to it, and of no other', t => {
    const [before, after] = ['a page', 'the page, changed'].map(page => hashSite(builtSite(t, page)))
    for (const [start, end] of [['lyceum.', '.js'], ['lyceum.', '.wasm'], ['__wasm_split.', '.js'], ['__wasm_split_manifest.', '.json'], ['page.', '.wasm']]) {
        assert.notEqual(named(before, start, end), named(after, start, end), `${start}*${end}`)
    }
    assert.equal(named(before, 'lyceum.', '.css'), named(after, 'lyceum.', '.css'))
})

test('the same content has the same names', t => {
    const site = builtSite(t, 'a page')
    const once = hashSite(site)
    assert.deepEqual(hashSite(builtSite(t, 'a page')), once)
    assert.deepEqual(hashSite(site), once, 'also when it is named again')
})

test('every file finds the others, and so does the server', t => {
    const site = builtSite(t, 'a page')
    const all = hashSite(site)
    const read = (start, end) => readFileSync(join(site, named(all, start, end)), 'latin1')
    const split = named(all, '__wasm_split.', '.js')
    assert.ok(read('lyceum.', '.js').includes(`"./${split}"`))
    assert.equal(read('lyceum.', '.wasm'), `\0asm\xffmain./${split}\xfe`)
    assert.ok(read('__wasm_split.', '.js').includes(named(all, 'lyceum.', '.js')))
    assert.ok(read('__wasm_split.', '.js').includes(named(all, 'page.', '.wasm')))
    assert.deepEqual(JSON.parse(read('__wasm_split_manifest.', '.json')).load_page, [named(all, 'page.', '.wasm').slice(0, -5)])
    const listed = Object.fromEntries(readFileSync(join(site, 'hash.txt'), 'utf8').trim().split('\n').map(line => line.split(': ')))
    for (const kind of ['js', 'wasm', 'css']) assert.ok(all.includes(`lyceum.${listed[kind]}.${kind}`), kind)
    assert.ok(all.includes(`__wasm_split.${listed.split}.js`) && all.includes(`__wasm_split_manifest.${listed.manifest}.json`))
})

test('the compressed twins hold what the files hold', t => {
    const site = builtSite(t, 'a page')
    const all = hashSite(site)
    const js = join(site, named(all, 'lyceum.', '.js'))
    assert.equal(brotliDecompressSync(readFileSync(`${js}.br`)).toString(), readFileSync(js, 'utf8'))
    assert.equal(gunzipSync(readFileSync(`${js}.gz`)).toString(), readFileSync(js, 'utf8'))
    for (const name of all) for (const twin of ['br', 'gz']) readFileSync(join(site, `${name}.${twin}`))
    assert.equal(readdirSync(site).length, 3 * all.length + 1, 'and none is left over')
})

test('a name that leads nowhere, or that is no hash, fails the build', t => {
    const dangling = builtSite(t, 'a page', `import "./page.${hash('gone')}.wasm"`)
    assert.throws(() => hashSite(dangling), /names page\.[\w-]{22}, which does not exist/)
    const unnamed = builtSite(t, 'a page')
    writeFileSync(join(unnamed, 'plain.js'), '')
    assert.throws(() => hashSite(unnamed), /plain\.js has no hash in its name/)
})
