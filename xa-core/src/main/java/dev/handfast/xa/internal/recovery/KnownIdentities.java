package dev.handfast.xa.internal.recovery;

import dev.handfast.xa.spi.ResourceDescription;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who the resource manager behind each name was when it was last used. */
public interface KnownIdentities {

  /** Every name under which a resource manager was ever used. */
  Set<String> names();

  /** The id that was recorded under a name, or null if the name is new. */
  @Nullable String of(String resource);

  /**
   * How many branches wait for the one that was recorded: of decisions in the log, and of running
   * transactions those that voted, whose decision may come.
   */
  int waiting(String resource);

  /** Records how a resource is reached and its id; durable when it returns. */
  void record(ResourceDescription resource, String id);
}
