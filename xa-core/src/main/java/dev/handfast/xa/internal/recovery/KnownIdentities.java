package dev.handfast.xa.internal.recovery;

import dev.handfast.xa.spi.ResourceDescription;
import org.jspecify.annotations.Nullable;

/** Who the resource manager behind each name was when it was last used. */
public interface KnownIdentities {

  /** The id that was recorded under a name, or null if the name is new. */
  @Nullable String of(String resource);

  /** Records how a resource is reached and its id; durable when it returns. */
  void record(ResourceDescription resource, String id);
}
