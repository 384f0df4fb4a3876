package io.acmpintune.engine.inventory;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The position of a workflow in its connector's device feed.
 *
 * @param mapping digest of the mapping that made its clients; null = none yet
 * @param feed the feed that the position belongs to; null = none read yet
 */
record FeedPosition(@Nullable String mapping, @Nullable UUID feed, long after) {}
