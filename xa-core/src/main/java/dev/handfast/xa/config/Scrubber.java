package dev.handfast.xa.config;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of what others say: those of a definition wherever they stand, and what {@link
 * Urls#mask} finds. Every text that a driver or client wrote goes through it before it is told or
 * becomes the cause of what is thrown. Immutable.
 */
public final class Scrubber {

  private static final Scrubber BY_PATTERNS = new Scrubber(Urls::mask);

  private final UnaryOperator<String> hiding;

  private Scrubber(UnaryOperator<String> hiding) {
    this.hiding = hiding;
  }

  /** Knows no secret, and hides what looks like one. */
  public static Scrubber byPatterns() {
    return BY_PATTERNS;
  }

  /** Knows the secrets in a URL, if there is one, and those that are given. */
  public static Scrubber of(@Nullable String url, @Nullable Secret... secrets) {
    var known =
        Stream.concat(
                url == null ? Stream.empty() : Urls.secrets(url).stream(),
                Stream.of(secrets).filter(Objects::nonNull).map(Objects::requireNonNull))
            .toList();
    return new Scrubber(
        text -> {
          String hidden = text;
          for (Secret secret : known) {
            hidden = secret.hideIn(hidden);
          }
          return Urls.mask(hidden);
        });
  }

  /** The same, which also puts each text into one line, as {@link Refusal#inOneLine} does. */
  public Scrubber inOneLine() {
    return new Scrubber(text -> Refusal.inOneLine(text(text)));
  }

  /** The text without secrets; applied twice it changes nothing more. */
  public String text(@Nullable String text) {
    return hiding.apply(String.valueOf(text));
  }

  /**
   * The failure itself if no text in it holds a secret: its own, its causes', and what they
   * suppressed. Else another one, which names the class in its text and has the stack trace, and
   * stand-ins for the others too.
   */
  public Throwable failure(Throwable failure) {
    return isClean(failure, Collections.newSetFromMap(new IdentityHashMap<>()))
        ? failure
        : standIn(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private boolean isClean(Throwable failure, Set<Throwable> seen) {
    if (!seen.add(failure)) {
      return true;
    }
    String text = shown(failure);
    Throwable cause = failure.getCause();
    return text(text).equals(text)
        && (cause == null || isClean(cause, seen))
        && Stream.of(failure.getSuppressed()).allMatch(one -> isClean(one, seen));
  }

  private StandIn standIn(Throwable failure, Set<Throwable> seen) {
    seen.add(failure);
    Throwable cause = failure.getCause();
    var standIn =
        new StandIn(
            text(shown(failure)),
            cause == null || seen.contains(cause) ? null : standIn(cause, seen));
    standIn.setStackTrace(failure.getStackTrace());
    for (Throwable suppressed : failure.getSuppressed()) {
      if (!seen.contains(suppressed)) {
        standIn.addSuppressed(standIn(suppressed, seen));
      }
    }
    return standIn;
  }

  /** What it says of itself, even if its own {@code toString} throws. */
  private static String shown(Throwable failure) {
    try {
      return String.valueOf(failure.toString());
    } catch (RuntimeException | StackOverflowError e) {
      return failure.getClass().getName();
    }
  }
}
