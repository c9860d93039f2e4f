package dev.handfast.xa.spi;

import dev.handfast.xa.recovery.Heuristic;
import java.util.Map;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** Reads and makes the errors of XA (X/Open CAE C193, section 3; {@link XAException}). */
public final class XaErrors {

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(XAException.XA_HEURHAZ, "XA_HEURHAZ"),
          Map.entry(XAException.XA_HEURCOM, "XA_HEURCOM"),
          Map.entry(XAException.XA_HEURRB, "XA_HEURRB"),
          Map.entry(XAException.XA_HEURMIX, "XA_HEURMIX"),
          Map.entry(XAException.XA_RETRY, "XA_RETRY"),
          Map.entry(XAException.XA_RDONLY, "XA_RDONLY"),
          Map.entry(XAException.XAER_ASYNC, "XAER_ASYNC"),
          Map.entry(XAException.XAER_RMERR, "XAER_RMERR"),
          Map.entry(XAException.XAER_NOTA, "XAER_NOTA"),
          Map.entry(XAException.XAER_INVAL, "XAER_INVAL"),
          Map.entry(XAException.XAER_PROTO, "XAER_PROTO"),
          Map.entry(XAException.XAER_RMFAIL, "XAER_RMFAIL"),
          Map.entry(XAException.XAER_DUPID, "XAER_DUPID"),
          Map.entry(XAException.XAER_OUTSIDE, "XAER_OUTSIDE"));

  private XaErrors() {}

  /**
   * Makes an exception of the given code with a cause, which the constructor of XAException cannot
   * take.
   */
  public static XAException of(int code, String message, Throwable cause) {
    XAException error = new XAException(message);
    error.errorCode = code;
    error.initCause(cause);
    return error;
  }

  /** Makes an exception of the given code. */
  public static XAException of(int code, String message) {
    XAException error = new XAException(message);
    error.errorCode = code;
    return error;
  }

  /**
   * Tells whether the resource manager says by this code that it rolled the branch back, {@code
   * XA_RB*}.
   */
  public static boolean isRollback(int code) {
    return code >= XAException.XA_RBBASE && code <= XAException.XA_RBEND;
  }

  /** Tells whether the resource manager says by this code that it decided on its own. */
  public static boolean isHeuristic(int code) {
    return code == XAException.XA_HEURHAZ
        || code == XAException.XA_HEURCOM
        || code == XAException.XA_HEURRB
        || code == XAException.XA_HEURMIX;
  }

  /**
   * Returns what an error says about a branch that its resource manager ended on its own; any other
   * error is a hazard.
   */
  public static Heuristic heuristic(@Nullable Throwable error) {
    int code = error instanceof XAException xa ? xa.errorCode : 0;
    return switch (code) {
      case XAException.XA_HEURCOM -> Heuristic.COMMIT;
      case XAException.XA_HEURRB -> Heuristic.ROLLBACK;
      case XAException.XA_HEURMIX -> Heuristic.MIXED;
      default -> Heuristic.HAZARD;
    };
  }

  /** Returns the name of a code, for a reader. */
  public static String name(int code) {
    return isRollback(code) ? "XA_RB* (" + code + ")" : NAMES.getOrDefault(code, "code " + code);
  }

  /**
   * Describes an error to a reader: by the name of its code, if it has one, and its message, if it
   * has one.
   */
  public static String describe(Throwable error) {
    String message = error.getMessage();
    if (error instanceof XAException xa && xa.errorCode != 0) {
      String code = name(xa.errorCode);
      return message == null ? code : code + " (" + message + ")";
    }
    return message == null ? error.toString() : message;
  }
}
