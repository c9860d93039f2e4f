package dev.handfast.xa.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a resource manager itself knows of an in-doubt branch.
 *
 * @param since the time at which it was prepared, by the RM's clock; null if the RM does not tell
 * @param owner the RM's user who prepared it, empty if the RM does not tell
 */
public record BranchDetail(@Nullable Instant since, String owner) {}
