import sharp from 'sharp'

/** Loaders of what is accepted. All others of libvips (SVG, PDF, TIFF, raw camera files …) stay shut in this process. */
const loaders = ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif']

sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: loaders.flatMap((name) => [`VipsForeignLoad${name}File`, `VipsForeignLoad${name}Buffer`]),
})
// Every file is read once, so a cache of operations would only hold memory.
sharp.cache(false)
// One thread for each picture: several variants are made at once, and more threads for one of them cost more CPU in all.
sharp.concurrency(1)

/**
 * sharp as untrusted files need it. The settings are the process's: whoever wants sharp in this module imports it
 * from here.
 */
export { sharp }
