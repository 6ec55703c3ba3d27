/**
 * An object with further parts. What the object gives by getters stays live; an object with private fields cannot be
 * extended so.
 * @template {object} O @template {object} P
 * @param {O} object @param {P} parts @returns {O & P}
 */
export const extended = (object, parts) => Object.assign(Object.create(object), parts);
