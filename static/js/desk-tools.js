/* The tools of a scene: voice, takes, own material, lock. */
