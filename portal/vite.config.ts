/**
 * How the portal is built. Tokens become CSS here, the fonts are reduced to their woff2 slices, and in
 * development `/api` goes to the running server. Never reads anything at run time.
 */
import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { type Tokens, tokensCss } from "./tokens/tokens-css.ts";

const server = process.env["EGRET_SERVER"] ?? "http://localhost:8080";

/** Serves tokens.json as the stylesheet `virtual:tokens.css`. */
function tokensAsCss(): Plugin {
  const file = new URL("tokens/tokens.json", import.meta.url);
  return {
    name: "egret-tokens",
    resolveId: (id) => (id === "virtual:tokens.css" ? "\0tokens.css" : null),
    load: (id) => (id === "\0tokens.css" ? tokensCss(JSON.parse(readFileSync(file, "utf8")) as Tokens) : null),
  };
}

/** Keeps only the woff2 slices of a packaged font: every browser that can run the portal reads them. */
function onlyWoff2(): Plugin {
  return {
    name: "egret-only-woff2",
    enforce: "pre",
    transform(code, id) {
      if (!id.includes("@fontsource/") || !id.endsWith(".css")) return null;
      return { code: code.replace(/, url\([^)]*\.woff\) format\('woff'\)/g, ""), map: null };
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [tokensAsCss(), onlyWoff2(), react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 2048,
    chunkSizeWarningLimit: 700,
  },
  worker: { format: "es" },
  server: { proxy: { "/api": { target: server, changeOrigin: false } } },
});
