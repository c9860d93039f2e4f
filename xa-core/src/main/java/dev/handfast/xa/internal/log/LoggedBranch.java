package dev.handfast.xa.internal.log;

import java.util.Objects;

/**
 * One branch that a decision names.
 *
 * @param resource the resource's name
 * @param bqual the branch qualifier in hexadecimal
 * @param heuristic whether its resource manager decided on its own, so that only an operator can
 *     end it
 */
public record LoggedBranch(String resource, String bqual, boolean heuristic) {

  public LoggedBranch {
    Objects.requireNonNull(resource);
    Objects.requireNonNull(bqual);
  }
}
