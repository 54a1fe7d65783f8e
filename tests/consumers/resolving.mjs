// TimelineJS's sources are modules without extensions in a package that does not say so.
export async function resolve(specifier, context, next) {
  const ours = context.parentURL?.includes("/timelinejs/src/");
  if (ours && specifier.startsWith(".")) {
    const url = new URL(specifier.endsWith(".js") ? specifier : `${specifier}.js`, context.parentURL);
    return { url: url.href, format: "module", shortCircuit: true };
  }
  const found = await next(specifier, context);
  return found.url.includes("/timelinejs/src/") ? { ...found, format: "module" } : found;
}
