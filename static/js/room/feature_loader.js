/**
 * Creates the instances of the features: those that the first page needs at once, the later ones after it is drawn.
 * A person waits for the page; the code for votes and annotations is as large as that of the rest of the room.
 */
import { t } from "../lib/words.js";
import { askToReload } from "./reload_toast.js";

/** @typedef {import("./feature.js").Feature} Feature */
/** @typedef {import("./feature.js").FeatureInstance} FeatureInstance */

/** Time after which the other features are loaded even if no page is drawn, and that leaving waits for them. */
const AT_LATEST_MS = 3000;
/** Time after which they are loaded in a room that is not drawn: stored ballots and notes are sent from there too. */
const UNSEEN_MS = 5000;
/** Pause before the only other attempt: browsers may remember that a script could not be loaded. */
const AGAIN_MS = 1000;

export class FeatureLoader {
  /** @type {Map<Feature, FeatureInstance>} */ #made = new Map();
  /** @type {Promise<void>|undefined} */ #loading;
  /** Whether all features are there. */ isComplete = false;
  #stopped = false;

  /**
   * @param {readonly Feature[]} features in the order of `instances`
   * @param {{context: import("./feature.js").RoomContext, instances: FeatureInstance[], added: (instance: FeatureInstance) => unknown}} room
   *   `instances`: filled here; `added`: starts each instance that is created later, when it is in `instances`
   */
  constructor(features, room) {
    this.features = features;
    this.room = room;
    for (const feature of features) if (feature.create) this.#add(feature, feature.create);
  }

  /** Call it once, when the room starts. */
  start() {
    setTimeout(() => void this.loadAll(), UNSEEN_MS);
  }

  /** The person leaves: features that are not there yet are not created any more. */
  stop() {
    this.#stopped = true;
  }

  /** Loads the other features once the first page is drawn. Call it after the first draw of the room. */
  async loadAfterPage() {
    const drawn = Promise.all(this.room.instances.map((one) => one.pageDrawn?.()));
    await Promise.race([drawn, pause(AT_LATEST_MS)]);
    await this.loadAll();
  }

  /** Resolves when all features are there and started, or after a while. */
  async settled() {
    await Promise.race([this.loadAll(), pause(AT_LATEST_MS)]);
  }

  /** Creates and starts all features that are not there yet. If they cannot be loaded, the person is asked to reload the page. */
  loadAll() {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load() {
    const loaded = await loadedTwice(() => import("./later_features.js"));
    if (this.#stopped) return;
    if (!loaded) return askToReload(t("room.part_not_loaded"), "bad");
    // In the order of registration: a feature may use an interface of one before it.
    const started = this.features.map((feature) => {
      const create = feature.later && loaded.creators[feature.name];
      return create ? this.room.added(this.#add(feature, create)) : null;
    });
    this.isComplete = true;
    await Promise.all(started);
  }

  /** @param {Feature} feature @param {import("./feature.js").Create} create @returns {FeatureInstance} */
  #add(feature, create) {
    const { context, instances } = this.room;
    const instance = create(context);
    Object.assign(context, instance.provides);
    this.#made.set(feature, instance);
    instances.splice(0, instances.length, ...this.features.flatMap((one) => this.#made.get(one) ?? []));
    return instance;
  }
}

/** @template T @param {() => Promise<T>} load @returns {Promise<T|null>} null: both attempts failed */
async function loadedTwice(load) {
  for (const ms of [AGAIN_MS, 0]) {
    try {
      return await load();
    } catch (error) {
      console.warn("the later features cannot be loaded", error);
      await pause(ms);
    }
  }
  return null;
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => void setTimeout(resolve, ms));
