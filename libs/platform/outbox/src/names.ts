/** Redis names, all under one prefix so that several platforms share a server. Hash tags keep a queue on one slot. */
export const eventsQueue = (module: string) => `${module}.events`
export const acksKey = (prefix: string, module: string) => `${prefix}:acks:{${module}}`
export const epochKey = (prefix: string, module: string) => `${prefix}:epoch:{${module}}`

/** `module.reaction`: the module part says whose queue it is. */
export const consumerId = (module: string, reaction: string) => `${module}.${reaction}`
export const moduleOf = (consumer: string) => consumer.slice(0, consumer.indexOf('.'))
