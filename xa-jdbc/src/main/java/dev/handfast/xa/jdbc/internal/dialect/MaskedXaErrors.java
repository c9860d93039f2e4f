package dev.handfast.xa.jdbc.internal.dialect;

import dev.handfast.xa.config.Urls;
import dev.handfast.xa.spi.XaErrors;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** Makes XAExceptions whose texts hold no secret of a URL. */
public final class MaskedXaErrors {

  private MaskedXaErrors() {}

  /** Makes an exception of the given code, in whose text the secrets of URLs are masked. */
  public static XAException of(int code, @Nullable String message, @Nullable Throwable cause) {
    String text = Urls.mask(String.valueOf(message));
    return cause == null ? XaErrors.of(code, text) : XaErrors.of(code, text, cause);
  }
}
