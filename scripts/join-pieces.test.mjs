import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

const PACKAGES = {
    signed_in_11: ['chunk_1', 'chunk_2', 'chunk_3'],
    conversations_13: ['chunk_2', 'chunk_7'],
    switcher_dialog_14: ['chunk_8'],
    quizzes_12: ['chunk_2', 'chunk_3', 'chunk_4', 'chunk_5', 'chunk_6', 'chunk_7'],
}
const SIZES = { chunk_1: 9_000, chunk_2: 100, chunk_3: 200, chunk_4: 300, chunk_5: 400, chunk_6: 9_000, chunk_7: 500, chunk_8: 9_000 }
const FILES = ['chunk_6', 'joined_first', 'joined_frame', 'joined_small', 'split_conversations_13', 'split_quizzes_12', 'split_signed_in_11', 'split_switcher_dialog_14']

const hash = text => createHash('md5').update(text).digest('base64url')
const hashed = name => `${name}.${hash(name)}`

/** A module that does nothing, of about that size. */
function wasm(name, size) {
    const body = Buffer.concat([Buffer.from([4]), Buffer.from('fill'), Buffer.alloc(size, name)])
    const length = Buffer.from([(body.length & 0x7f) | 0x80, body.length >> 7])
    return Buffer.concat([Buffer.from('\0asm\x01\0\0\0\0', 'latin1'), length, body])
}

function loaded(name) {
    return `makeLoad(() => {
    const src = fetch(new URL("./${hashed(name)}.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
`
}

/** A site as the splitter and cargo-leptos leave it. */
function builtSite(t) {
    const folder = mkdtempSync(join(tmpdir(), 'lyceum-pieces-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const write = (name, content) => {
        writeFileSync(join(folder, name), content)
        for (const twin of ['br', 'gz']) writeFileSync(join(folder, `${name}.${twin}`), 'made of what cargo-leptos wrote')
    }
    for (const [name, size] of Object.entries(SIZES)) write(`${hashed(name)}.wasm`, wasm(name, size))
    for (const name of Object.keys(PACKAGES)) write(`${hashed(`split_${name}`)}.wasm`, wasm(name, 10))
    const parts = Object.keys(SIZES).map(name => `const __${name} = ${loaded(name)}, []);`)
    const exported = Object.entries(PACKAGES).map(
        ([name, needs]) => `export const __wasm_split_load_${name} = ${loaded(`split_${name}`)}, [${needs.map(need => `__${need}`).join(', ')}]);`,
    )
    const head = `function makeLoad(fetcher, deps) {
    let loading = undefined;
    const load = async () => { const src = fetcher(); await Promise.all(deps.map(d => d())); return src({}); };
    return () => (loading ??= load());
}`
    write(`${hashed('__wasm_split')}.js`, [head, ...parts, ...exported].join('\n'))
    const listed = Object.entries(PACKAGES).map(([name, needs]) => [name, [...needs, `split_${name}`].map(hashed)])
    write(`${hashed('__wasm_split_manifest')}.json`, JSON.stringify(Object.fromEntries(listed)))
    return folder
}

function joinPieces(folder) {
    execFileSync('node', [join(import.meta.dirname, 'join-pieces.mjs'), folder], { stdio: 'pipe' })
    return readdirSync(folder).filter(name => !/\.(br|gz)$/.test(name)).toSorted()
}

const stems = names => names.map(name => name.split('.')[0])

test('what the frame and the first page load comes in one file each, what else is small in another, what is large by itself', t => {
    const folder = builtSite(t)
    const names = joinPieces(folder)
    assert.deepEqual(stems(names).filter(stem => !stem.startsWith('__')), FILES)
    const manifest = JSON.parse(readFileSync(join(folder, names.find(name => name.endsWith('.json')))))
    assert.deepEqual(stems(manifest.signed_in_11), ['joined_frame', 'split_signed_in_11'])
    assert.deepEqual(stems(manifest.conversations_13), ['joined_frame', 'joined_first', 'split_conversations_13'])
    assert.deepEqual(stems(manifest.quizzes_12), ['joined_frame', 'joined_small', 'chunk_6', 'joined_first', 'split_quizzes_12'])
    for (const name of Object.values(manifest).flat()) assert.ok(names.includes(`${name}.wasm`), name)
})

test('a browser loads each file once and gets every piece as it was', async t => {
    const folder = builtSite(t)
    const names = joinPieces(folder)
    const [asked, instantiated] = [[], []]
    t.mock.method(globalThis, 'fetch', async url => {
        asked.push(basename(url.pathname).split('.')[0])
        return new Response(readFileSync(url), { headers: { 'content-type': 'application/wasm' } })
    })
    const { instantiate } = WebAssembly
    t.mock.method(WebAssembly, 'instantiate', (bytes, imports) => {
        // `fetch` of Node instantiates a module of its own.
        if (bytes instanceof ArrayBuffer) instantiated.push(Buffer.from(bytes))
        return instantiate(bytes, imports)
    })
    const loader = await import(pathToFileURL(join(folder, names.find(name => name.endsWith('.js')))))
    await Promise.all(Object.keys(PACKAGES).map(name => loader[`__wasm_split_load_${name}`]()))
    assert.deepEqual(asked.toSorted(), FILES)
    for (const name of Object.keys(SIZES).filter(name => name !== 'chunk_6')) {
        assert.equal(instantiated.filter(bytes => bytes.equals(wasm(name, SIZES[name]))).length, 1, name)
    }
})

test('a file that does not arrive is asked for again', async t => {
    const folder = builtSite(t)
    const names = joinPieces(folder)
    let isOffline = true
    t.mock.method(globalThis, 'fetch', async url => {
        if (isOffline && url.pathname.includes('joined_frame')) throw new TypeError('no connection')
        return new Response(readFileSync(url), { headers: { 'content-type': 'application/wasm' } })
    })
    const source = readFileSync(join(folder, names.find(name => name.endsWith('.js'))), 'utf8')
    const pieces = `${source}\nexport { __joined_frame };`
    writeFileSync(join(folder, 'loader.mjs'), pieces)
    const { __joined_frame } = await import(pathToFileURL(join(folder, 'loader.mjs')))
    await assert.rejects(__joined_frame('chunk_1'), /no connection/)
    isOffline = false
    assert.ok(Buffer.from(await __joined_frame('chunk_1')).equals(wasm('chunk_1', SIZES.chunk_1)))
})

test('the compressed twins hold what the files hold, and nothing is left over', t => {
    const folder = builtSite(t)
    const names = joinPieces(folder)
    for (const name of names.filter(name => /^(joined|__)/.test(name))) {
        const content = readFileSync(join(folder, name))
        assert.ok(brotliDecompressSync(readFileSync(join(folder, `${name}.br`))).equals(content), name)
        assert.ok(gunzipSync(readFileSync(join(folder, `${name}.gz`))).equals(content), name)
    }
    assert.equal(readdirSync(folder).length, 3 * names.length)
    assert.deepEqual(joinPieces(folder), names, 'also when they are joined again')
})

test('the site of the tests, without hashes and twins, is joined as well', async t => {
    const folder = builtSite(t)
    const unhashed = text => text.replaceAll(/\.[\w-]{22}(?=\.(?:wasm|json)|")/g, '').replaceAll('(WebAssembly', 'debugWrap(WebAssembly')
    for (const name of readdirSync(folder)) {
        const content = readFileSync(join(folder, name))
        rmSync(join(folder, name))
        if (/\.(br|gz)$/.test(name)) continue
        const isText = /\.(js|json)$/.test(name)
        const head = name.endsWith('.js') ? 'const debugWrap = async made => await made;\n' : ''
        writeFileSync(join(folder, unhashed(name)), isText ? head + unhashed(content.toString()) : content)
    }
    const names = joinPieces(folder)
    assert.deepEqual(stems(names).filter(stem => !stem.startsWith('__')), FILES)
    assert.ok(names.includes('joined_frame.wasm') && names.includes('__wasm_split_manifest.json'))
    assert.equal(readdirSync(folder).length, names.length)
    t.mock.method(globalThis, 'fetch', async url => new Response(readFileSync(url), { headers: { 'content-type': 'application/wasm' } }))
    const loader = await import(pathToFileURL(join(folder, names.find(name => name.endsWith('.js')))))
    await loader.__wasm_split_load_quizzes_12()
})

test('a splitter that writes in another form fails the build', t => {
    const folder = builtSite(t)
    const loader = readdirSync(folder).find(name => /^__wasm_split\..*\.js$/.test(name))
    writeFileSync(join(folder, loader), readFileSync(join(folder, loader), 'utf8').replaceAll('instantiateStreaming', 'compileStreaming'))
    assert.throws(() => joinPieces(folder), /loads 0 pieces in the known form, the manifest names 8/)
})
