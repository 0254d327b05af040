// What the checks here share: the hosted pages walked through with fetch as a browser without JavaScript would,
// and the outbox read for codes.

export const base = process.env.LYCEUM_URL ?? 'http://127.0.0.1:3000';
export const poolId = process.env.LYCEUM_POOL_ID ?? 'us-east-1_embedded0';
export const clientId = process.env.LYCEUM_CLIENT_ID ?? 'lyceum';
export const redirectUri = process.env.LYCEUM_REDIRECT_URI ?? `${base}/auth/callback`;
export const password = 'Correct-horse-1';

/** Ends the check with one sentence when something is not as it must be. */
export function must(holds, sentence) {
    if (!holds) {
        console.error(`FAILED: ${sentence}`);
        process.exit(1);
    }
}

export function newEmail(name) {
    return `${name}-${Date.now()}-${Math.floor(Math.random() * 1e6)}@example.org`;
}

export class Browser {
    cookies = new Map();
    url = base;
    html = '';

    /** Follows redirects within the provider; stops at the first address that belongs to the client. */
    async visit(url, options = {}) {
        for (let hops = 0; hops < 10; hops++) {
            const target = new URL(url, this.url);
            if (target.href.startsWith(redirectUri)) return target;
            const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
            const response = await fetch(target, {
                ...options,
                redirect: 'manual',
                headers: { ...options.headers, ...(cookie && { cookie }) },
            });
            for (const line of response.headers.getSetCookie()) {
                const [pair] = line.split(';');
                const at = pair.indexOf('=');
                if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
                else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
            }
            this.url = target.href;
            const location = response.headers.get('location');
            if (!location) {
                this.status = response.status;
                this.html = await response.text();
                return target;
            }
            url = location;
            options = {};
        }
        must(false, `more than ten redirects, the last to ${url}`);
    }

    /** Fills in and sends the page's first form. */
    async submit(values) {
        const [, action] = this.html.match(/<form method="post" action="([^"]*)"/) ?? [];
        must(action, `there is no form on ${this.url}: ${this.html.slice(0, 300)}`);
        const [, token] = this.html.match(/name="form_token" value="([^"]*)"/);
        const body = new URLSearchParams({ ...values, form_token: token });
        return this.visit(unescape(action), { method: 'POST', body, headers: { origin: new URL(base).origin } });
    }

    async follow(path) {
        const [, href] = this.html.match(new RegExp(`href="(${path}[^"]*)"`)) ?? [];
        must(href, `there is no link to ${path} on ${this.url}`);
        return this.visit(unescape(href));
    }
}

function unescape(text) {
    return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)).replaceAll('&amp;', '&');
}

export async function mails(to) {
    const response = await fetch(`${base}/identity/outbox?to=${encodeURIComponent(to)}`, {
        headers: { accept: 'application/json' },
    });
    must(response.ok, `the outbox answered ${response.status}`);
    return response.json();
}

/** Calls the JSON API. */
export async function call(operation, input) {
    const response = await fetch(`${base}/identity/`, {
        method: 'POST',
        headers: {
            'content-type': 'application/x-amz-json-1.1',
            'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        },
        body: JSON.stringify(input),
    });
    const answer = await response.json();
    must(response.ok, `${operation} answered ${response.status} ${JSON.stringify(answer)}`);
    return answer;
}

/** A confirmed person, made by the hosted pages that `authorize` leads to. The browser stays on sign-in. */
export async function signUp(browser, authorize, email) {
    await browser.visit(authorize);
    const signIn = browser.url;
    await browser.follow('/identity/signup');
    await browser.submit({ given_name: 'Grace', family_name: 'Hopper', email, password });
    must(browser.html.includes('We have sent you a mail'), `sign-up answered ${browser.html.slice(0, 2000)}`);
    const [mail] = await mails(email);
    const link = mail?.text.match(/https?:\/\/\S+\/identity\/confirm\/\S+/)?.[0];
    must(link, 'the mail has no confirmation link');
    await browser.visit(link);
    must(browser.html.includes('Email address confirmed'), `the link answered ${browser.status}`);
    await browser.visit(signIn);
}
