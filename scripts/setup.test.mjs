import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const checkout = join(import.meta.dirname, '..')
const rust = readFileSync(join(checkout, 'rust-toolchain.toml'), 'utf8').match(/channel = "(.*)"/)[1]
const setupScript = readFileSync(join(checkout, 'scripts/setup'), 'utf8')
const version = name => setupScript.match(new RegExp(`^${name}=(.*)$`, 'm'))[1]

/** Of the real machine only what a shell script cannot do without. */
const basics = ['basename', 'bash', 'cat', 'cksum', 'cp', 'cut', 'dirname', 'env', 'grep', 'head', 'mkdir', 'readlink', 'rm', 'sed', 'tail', 'touch', 'tr']

/** What a machine that has everything answers. */
const complete = {
    cc: '',
    rustc: `case "$*" in
        --version) echo "rustc ${rust} (0000000 2026-01-01)" ;;
        *target-libdir*) echo "$MACHINE/wasm32" ;;
    esac`,
    rustfmt: '',
    'cargo-clippy': '',
    node: 'echo v22.0.0',
    // Packages come from the network; `npm ci` makes their folder.
    npm: '[[ -z ${OFFLINE:-} ]] || { echo "npm error network" >&2; exit 1; }; mkdir -p node_modules',
    'wasm-bindgen': `echo "wasm-bindgen ${version('wasm_bindgen_default')}"`,
    'cargo-leptos': `echo "cargo-leptos ${version('cargo_leptos_version')}"`,
    initdb: '',
    sudo: 'exec "$@"',
}

/** A checkout on a machine that has these programs and no others; undefined takes one away. */
function machine(t, programs = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'lyceum-setup-'))
    t.after(() => rmSync(folder, { recursive: true }))
    for (const name of ['bin', 'checkout/scripts', 'wasm32', 'home']) mkdirSync(join(folder, name), { recursive: true })
    for (const name of ['scripts/setup', 'scripts/env', 'rust-toolchain.toml', 'package-lock.json']) {
        copyFileSync(join(checkout, name), join(folder, 'checkout', name))
    }
    writeFileSync(join(folder, 'wasm32/libstd-0.rlib'), '')
    for (const name of basics) symlinkSync(execFileSync('bash', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(), join(folder, 'bin', name))
    for (const [name, answer] of Object.entries({ ...complete, ...programs })) {
        if (answer === undefined) continue
        writeFileSync(join(folder, 'bin', name), `#!/usr/bin/env bash\n${answer}\n`)
        chmodSync(join(folder, 'bin', name), 0o755)
    }
    return {
        folder,
        setUp(variables = {}, level = 'run') {
            const started = performance.now()
            const { status, stdout, stderr } = spawnSync(join(folder, 'checkout/scripts/setup'), [level], {
                encoding: 'utf8',
                env: { PATH: join(folder, 'bin'), HOME: join(folder, 'home'), LYCEUM_TOOLS: join(folder, 'tools'), MACHINE: folder, ...variables },
            })
            return { status, said: stdout.trim().split('\n'), complained: stderr.trim().split('\n'), seconds: (performance.now() - started) / 1000 }
        },
    }
}

/** It ends at once with this sentence as its last word. */
function fails(outcome, sentence) {
    assert.equal(outcome.status, 1, outcome.complained.join('\n'))
    assert.match(outcome.complained.at(-1), sentence)
    assert.match(outcome.complained.at(-1), /^setup: [^.].*\.$/, 'one sentence')
    assert.ok(!outcome.said.some(line => line.includes('is in place')))
}

test('what is missing is installed once, and then nothing is done in under two seconds', t => {
    const { folder, setUp } = machine(t)
    const first = setUp()
    assert.equal(first.status, 0, first.complained.join('\n'))
    assert.deepEqual(first.said.slice(0, 1), ['setup: installing npm packages'])
    assert.match(first.said[1], /^setup: installed npm packages in \d+ s$/)
    const second = setUp({ OFFLINE: '1' })
    assert.equal(second.status, 0, 'it asks no network')
    assert.match(second.said.join('\n'), /^setup: everything for 'run' is in place \(\d s\)$/)
    assert.ok(second.seconds < 2, `${second.seconds} s`)
    writeFileSync(join(folder, 'checkout/package-lock.json'), '{}')
    assert.deepEqual(setUp().said[0], 'setup: installing npm packages', 'other packages are wanted')
})

test('without Node.js, or with one that is too old, it says which is needed', t => {
    const needed = new RegExp(`Node\\.js ${version('oldest_node')} or newer with npm is needed, and this machine has`)
    fails(machine(t, { node: undefined }).setUp(), new RegExp(`${needed.source} none: install it from nodejs\\.org`))
    fails(machine(t, { node: 'echo v18.20.0' }).setUp(), new RegExp(`${needed.source} v18\\.20\\.0`))
    fails(machine(t, { npm: undefined }).setUp(), needed)
})

test('without a network every step says so', t => {
    const network = /check the network connection/
    fails(machine(t).setUp({ OFFLINE: '1' }), /npm could not install the packages: check the network connection/)
    const offline = 'echo "no route to host" >&2; exit 1'
    fails(machine(t, { rustc: 'exit 1', rustup: offline }).setUp(), new RegExp(`rustup could not download Rust ${rust}: check the network connection`))
    fails(machine(t, { 'cargo-leptos': undefined, cargo: offline }).setUp(), /cargo-leptos \S+ could not be built: check the network connection/)
    fails(machine(t, { 'wasm-bindgen': 'echo "wasm-bindgen 0.1.0"', cargo: offline }).setUp(), network)
    fails(machine(t, { cc: undefined, 'apt-get': offline }).setUp(), /the package lists could not be read: check the network connection/)
    const listsOnly = '[[ $1 == update ]] || { echo "cannot fetch" >&2; exit 1; }'
    const outcome = machine(t, { cc: undefined, 'apt-get': listsOnly }).setUp()
    fails(outcome, /apt-get could not install gcc libc6-dev: check the network connection/)
    assert.ok(outcome.complained.includes('cannot fetch'), 'with what apt-get said above it')
})

test('on a machine that it cannot set up it says what a person has to do', t => {
    fails(machine(t, { rustc: undefined }).setUp(), /install rustup from rustup\.rs and run this again/)
    fails(machine(t, { cc: undefined }).setUp(), /install gcc libc6-dev with your system's package manager and run this again/)
    fails(machine(t).setUp({}, 'walk'), /usage: scripts\/setup \[run\|test\|bench\]/)
})

test('an installation that does not work is told apart from one that failed', t => {
    const { folder, setUp } = machine(t, { 'cargo-leptos': undefined, cargo: '' })
    fails(setUp(), /cargo-leptos \S+ was installed but does not work; remove .*tools and run scripts\/setup run again/)
    assert.ok(existsSync(join(folder, 'tools')))
})
