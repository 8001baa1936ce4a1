/**
 * The two families of the portal, as unicode-range slices: the browser fetches only the slices whose characters
 * a page shows. Loaded after the first paint, so that a slow line sees text at once in a font of its own.
 */
import "@fontsource/noto-sans-sc/400.css";
import "@fontsource/noto-sans-sc/700.css";
import "@fontsource/noto-serif-sc/700.css";
