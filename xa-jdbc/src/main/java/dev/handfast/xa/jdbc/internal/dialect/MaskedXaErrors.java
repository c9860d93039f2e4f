package dev.handfast.xa.jdbc.internal.dialect;

import dev.handfast.xa.config.Scrubber;
import dev.handfast.xa.spi.XaErrors;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** Makes XAExceptions whose texts hold no secret of a URL. */
public final class MaskedXaErrors {

  private MaskedXaErrors() {}

  /** Makes an exception of the given code; neither its text nor its cause tells a secret. */
  public static XAException of(int code, @Nullable String message, @Nullable Throwable cause) {
    Scrubber scrubber = Scrubber.byPatterns();
    String text = scrubber.text(message);
    return cause == null
        ? XaErrors.of(code, text)
        : XaErrors.of(code, text, scrubber.failure(cause));
  }
}
