// Verifies a JobTracker callback. Node 18 or newer, built-in modules only.
//
// In a receiver, call verify() with the raw body, before any JSON parser has touched it. From a shell:
//     CALLBACK_SECRET=whsec_... node verify.mjs ID TIMESTAMP SIGNATURE [NOW] < body
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const TOLERANCE_SECONDS = 300;

/** True when the body (a Buffer) came from JobTracker within the last five minutes. */
export function verify(secret, headers, body, now) {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  if (!/^[0-9]+$/.test(timestamp) || Math.abs(now - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const digest = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
  const expected = Buffer.from(`v1,${digest}`);
  // Two signatures while the secret is being replaced: one that fits is enough.
  return headers["webhook-signature"].split(" ").some((text) => {
    const given = Buffer.from(text);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [id, timestamp, signature, now] = process.argv.slice(2);
  const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
  const genuine = verify(process.env.CALLBACK_SECRET, headers, readFileSync(0), now ? Number(now) : Date.now() / 1000);
  console.log(genuine ? "genuine" : "refused");
  process.exit(genuine ? 0 : 1);
}
