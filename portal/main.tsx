/** Starts the portal: words, queries, router. The fonts follow after the first paint. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RefusedError } from "./api/refusal.ts";
import { router } from "./router.tsx";
import "./ui/styles.ts";
import { startWords } from "./words/index.ts";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (failures, error) => !(error instanceof RefusedError) && failures < 2,
    },
  },
});

// After an update the files of an older page are gone: read the page again instead of standing still.
window.addEventListener("vite:preloadError", () => location.reload());

await startWords();
const place = document.getElementById("portal");
if (!place) throw new Error("index.html has no element #portal");
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
void import("./ui/fonts.ts");
