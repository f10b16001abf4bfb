// What Netlify's own programs read in _redirects and _headers: https://github.com/netlify/build
//
// Reads {redirects, headers, addresses} in JSON from standard input: two texts, and paths as browsers send them. Prints
// the errors, the rules of both files, and for each address where it leads, once as it was sent and once decoded, and
// the headers of all rules that fit it, in order.
// SITEGEN_NODE_MODULES is the folder in which the packages are installed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = process.env.SITEGEN_NODE_MODULES;
const load = (path) => import(pathToFileURL(join(modules, path)));
const { parseAllRedirects } = await load("netlify-redirect-parser/lib/index.js");
const { parseAllHeaders } = await load("netlify-headers-parser/lib/index.js");
const redirector = createRequire(join(modules, "any.js"))("netlify-redirector");

function request(path) {
  const none = () => "";
  const parts = { scheme: "https", host: "example.org", path, query: "" };
  return { ...parts, headers: {}, cookieValues: {}, getHeader: none, getCookie: none };
}

function led(match) {
  return match && [match.to, match.status, match.force];
}

const { redirects: rules, headers: sent, addresses } = JSON.parse(readFileSync(0, "utf-8"));
const folder = mkdtempSync(join(tmpdir(), "netlify-"));
try {
  const [redirectsFile, headersFile] = [join(folder, "_redirects"), join(folder, "_headers")];
  writeFileSync(redirectsFile, rules);
  writeFileSync(headersFile, sent);
  const redirects = await parseAllRedirects({ redirectsFiles: [redirectsFile], minimal: false });
  const headers = await parseAllHeaders({ headersFiles: [headersFile], minimal: false });
  const matcher = await redirector.parseJSON(JSON.stringify(redirects.redirects), {});
  const answers = addresses.map((address) => ({
    led: [address, decodeURIComponent(address)].map((path) => led(matcher.match(request(path)))),
    sent: headers.headers.filter((rule) => rule.forRegExp.test(address)).flatMap((rule) => Object.entries(rule.values)),
  }));
  console.log(
    JSON.stringify({
      errors: [...redirects.errors, ...headers.errors].map((error) => error.message),
      redirects: redirects.redirects.map(({ from, to, status, force }) => [from, to, status, force]),
      headers: headers.headers.map((rule) => [rule.for, rule.values]),
      answers,
    }),
  );
} finally {
  rmSync(folder, { recursive: true });
}
