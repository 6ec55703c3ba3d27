/**
 * Returns an object that inherits from `object` and has additional properties. Getters of `object` stay live. An
 * object with private fields cannot be extended this way.
 * @template {object} O @template {object} P
 * @param {O} object @param {P} parts @returns {O & P}
 */
export const extended = (object, parts) => Object.assign(Object.create(object), parts);
