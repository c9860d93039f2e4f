package dev.handfast.xa.internal.log.directory;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The starts whose decisions may have been in a log that is lost. It is kept with the store until
 * an operator has accepted it.
 *
 * @param starts that are distrusted
 * @param reasons why, the oldest first
 */
public record Distrust(Set<Integer> starts, Set<String> reasons) {

  /** Every recorded start is believed. */
  public static final Distrust NONE = new Distrust(Set.of(), Set.of());

  public Distrust {
    starts = Set.copyOf(starts);
    reasons = new LinkedHashSet<>(reasons);
  }

  public Distrust with(Collection<Integer> more, Collection<String> why) {
    Set<Integer> all = new LinkedHashSet<>(starts);
    all.addAll(more);
    Set<String> because = new LinkedHashSet<>(reasons);
    because.addAll(why);
    return new Distrust(all, because);
  }

  public @Nullable String reason() {
    return starts.isEmpty() ? null : String.join("; ", reasons);
  }
}
