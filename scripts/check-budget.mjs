// What a first visit downloads of CSS, JavaScript and wasm, brotli-compressed, against its budget.
// The browser says which files a page loads; the release build's folder says how large they are.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { chromium } from '@playwright/test'

const budgets = [
    { path: '/', kilobytes: 250 },
    { path: '/conversations', kilobytes: 250, signedIn: true },
]
const target = process.env.LYCEUM_TARGET ?? 'target'
const site = process.env.LYCEUM_RELEASE_SITE ?? join(target, 'site-release')
const binary = join(target, 'release', 'server')

const folder = mkdtempSync(join(tmpdir(), 'lyceum-budget-'))
const address = `127.0.0.1:${await freePort()}`
const server = spawn(binary, ['serve'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
        ...process.env,
        LYCEUM_ADDRESS: address,
        LYCEUM_DATA_FOLDER: folder,
        LYCEUM_OBJECTS_ADDRESS: '127.0.0.1:0',
        LYCEUM_LOG: 'warn',
        LEPTOS_SITE_ADDR: address,
        LEPTOS_SITE_ROOT: site,
        LEPTOS_HASH_FILES: 'true',
    },
})
let browser
try {
    await answers(`http://${address}/ready`)
    browser = await chromium.launch({
        executablePath: process.env.CHROMIUM,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
    })
    for (const budget of budgets) await check(budget)
} finally {
    await browser?.close()
    server.kill('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
}

async function check({ path, kilobytes, signedIn = false }) {
    const context = await browser.newContext()
    const page = await context.newPage()
    if (signedIn) await signIn(page)
    const loaded = new Set()
    page.on('response', response => loaded.add(new URL(response.url()).pathname))
    await page.goto(`http://${address}${path}`)
    await settled(loaded)
    const files = [...loaded].filter(name => /\.(css|js|wasm)$/.test(name)).map(name => ({ name, bytes: compressedSize(join(site, name)) }))
    const total = files.reduce((sum, file) => sum + file.bytes, 0)
    for (const { name, bytes } of files) console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${basename(name)}`)
    const within = total <= kilobytes * 1000
    console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  ${path} of ${kilobytes} kB${within ? '' : ': over budget'}`)
    for (const { name } of files.filter(file => file.name.startsWith('/pkg/'))) await checkDelivery(name)
    if (!files.some(file => file.name.endsWith('.wasm'))) throw new Error(`${path} loaded no wasm: nothing was measured`)
    if (!within) process.exitCode = 1
    await context.close()
}

/** What was compressed when it was built is sent as it is, and browsers may keep it for good. */
async function checkDelivery(name) {
    const answer = await fetch(`http://${address}${name}`, { headers: { 'accept-encoding': 'br' } })
    await answer.arrayBuffer()
    const [encoding, policy] = ['content-encoding', 'cache-control'].map(header => answer.headers.get(header))
    if (encoding !== 'br' || !policy?.includes('immutable')) throw new Error(`${name} is sent as ${encoding}, to be kept ${policy}`)
}

/** An event stream stays open, so the network is never idle: a second without a new file is the end. */
async function settled(loaded) {
    const hasWasm = () => [...loaded].some(name => name.endsWith('.wasm'))
    for (let round = 0, seen = -1; round < 30 && (seen !== loaded.size || !hasWasm()); round += 1) {
        seen = loaded.size
        await new Promise(done => setTimeout(done, 1000))
    }
}

/** As somebody of the demo group, through pages that have no script of ours. */
async function signIn(page) {
    await page.goto(`http://${address}/auth/sign-in?return_to=/openapi.json`)
    await page.getByRole('button', { name: /Amara/ }).click()
    await page.waitForURL('**/openapi.json')
}

function compressedSize(file) {
    return existsSync(`${file}.br`) ? statSync(`${file}.br`).size : brotliCompressSync(readFileSync(file)).length
}

async function answers(url) {
    for (let attempt = 0; attempt < 100; attempt++) {
        if (server.exitCode !== null) throw new Error('the server stopped before it answered')
        if (await fetch(url).then(answer => answer.ok, () => false)) return
        await new Promise(done => setTimeout(done, 100))
    }
    throw new Error(`${url} did not answer within 10 s`)
}

function freePort() {
    return new Promise(done => {
        const probe = createServer().listen(0, '127.0.0.1', () => {
            const { port } = probe.address()
            probe.close(() => done(port))
        })
    })
}
