/**
 * Creates the instances of the features: those that the first page needs at once, the later ones after it is drawn.
 * A person waits for the page; the code for votes and annotations is as large as that of the rest of the room.
 */
import { toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";

/** @typedef {import("./feature.js").Feature} Feature */
/** @typedef {import("./feature.js").FeatureInstance} FeatureInstance */

/** Time after which the other features are loaded even if no page is drawn. */
const AT_LATEST_MS = 3000;
/** Pauses before another attempt to load. */
const PAUSES_MS = [1000, 3000, 9000];
const UNTIL_RELOADED_S = 24 * 3600;

export class FeatureLoader {
  /** @type {Map<Feature, FeatureInstance>} */ #made = new Map();
  /** @type {Promise<void>|undefined} */ #loading;
  /** Whether all features are there. */ isComplete = false;

  /**
   * @param {readonly Feature[]} features in the order of `instances`
   * @param {{context: import("./feature.js").RoomContext, instances: FeatureInstance[], added: (instance: FeatureInstance) => void}} room
   *   `instances`: filled here; `added`: called for each instance that is created later, when it is in `instances`
   */
  constructor(features, room) {
    this.features = features;
    this.room = room;
    for (const feature of features) if (feature.create) this.#add(feature, feature.create);
  }

  /** Loads the other features once the first page is drawn. Call it after the first draw of the room. */
  async loadAfterPage() {
    const drawn = Promise.all(this.room.instances.map((one) => one.pageDrawn?.()));
    await Promise.race([drawn, pause(AT_LATEST_MS)]);
    await this.loadAll();
  }

  /** Creates all features that are not created yet. If they cannot be loaded, the person is asked to reload the page. */
  loadAll() {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load() {
    const loaded = await withRetries(() => import("./later_features.js"));
    if (!loaded) {
      const action = { label: t("room.reload"), run: () => location.reload() };
      toast(t("room.part_not_loaded"), { seconds: UNTIL_RELOADED_S, action, tone: "bad" });
      return;
    }
    // In the order of registration: a feature may use an interface of one before it.
    for (const feature of this.features) {
      const create = feature.later && loaded.creators[feature.name];
      if (create) this.room.added(this.#add(feature, create));
    }
    this.isComplete = true;
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

/** @template T @param {() => Promise<T>} load @returns {Promise<T|null>} null: all attempts failed */
async function withRetries(load) {
  for (const ms of [...PAUSES_MS, 0]) {
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
