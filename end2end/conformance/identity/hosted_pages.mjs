// What the checks here share: the hosted pages walked through with fetch as a browser without JavaScript would.
import { confirmationLink, programs } from '../../identity.mjs';

export const base = process.env.LYCEUM_URL ?? 'http://127.0.0.1:3000';
export const poolId = process.env.LYCEUM_POOL_ID ?? 'us-east-1_embedded0';
export const clientId = process.env.LYCEUM_CLIENT_ID ?? programs;
export const redirectUri = process.env.LYCEUM_REDIRECT_URI ?? `${base}/auth/callback`;

/** Ends the check with one sentence when something is not as it must be. */
export function must(holds, sentence) {
    if (!holds) {
        console.error(`FAILED: ${sentence}`);
        process.exit(1);
    }
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

/** A confirmed person, made by the hosted pages that `authorize` leads to. The browser stays on sign-in. */
export async function signUp(browser, authorize, { givenName, familyName, email, password }) {
    await browser.visit(authorize);
    const signIn = browser.url;
    await browser.follow('/identity/signup');
    await browser.submit({ given_name: givenName, family_name: familyName, email, password });
    must(browser.html.includes('We have sent you a mail'), `sign-up answered ${browser.html.slice(0, 2000)}`);
    await browser.visit(await confirmationLink(base, email));
    must(browser.html.includes('Email address confirmed'), `the link answered ${browser.status}`);
    await browser.visit(signIn);
}
