package dev.handfast.xa.spi;

import static org.assertj.core.api.Assertions.assertThat;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class XaCallTest {

  private static XAException thrownBy(Throwable thrown) {
    try {
      XaCall.order(null, resource -> sneak(thrown));
      throw new AssertionError("the call did not fail");
    } catch (XAException e) {
      return e;
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void anAnswerIsTheResourceManagersOwn() throws XAException {
    assertThat(XaCall.<Integer>ask(null, resource -> XAResource.XA_RDONLY))
        .isEqualTo(XAResource.XA_RDONLY);
  }

  @Test
  void anErrorWithACodeComesAsItIs() {
    XAException error = XaErrors.of(XAException.XAER_NOTA, "gone");
    assertThat(thrownBy(error)).isSameAs(error);
  }

  static Throwable[] whatIsNoAnswer() {
    return new Throwable[] {
      new IllegalStateException("closed"), new NoClassDefFoundError("org/x/Y"), new XAException("?")
    };
  }

  @ParameterizedTest
  @MethodSource("whatIsNoAnswer")
  void whatIsNoAnswerIsAFailureOfTheResourceManager(Throwable thrown) {
    XAException error = thrownBy(thrown);
    assertThat(error.errorCode).isEqualTo(XAException.XAER_RMFAIL);
    assertThat(error).hasCause(thrown).hasMessageContaining(thrown.getMessage());
  }

  @Test
  void whatCannotEvenBeDescribedIsAFailureOfTheResourceManager() {
    Throwable thrown =
        new OutOfMemoryError() {
          @Override
          public String getMessage() {
            throw new OutOfMemoryError("and again");
          }
        };

    XAException error = thrownBy(thrown);

    assertThat(error.errorCode).isEqualTo(XAException.XAER_RMFAIL);
    assertThat(error.getCause()).isSameAs(thrown);
  }

  @Test
  void aSecretInAnUnexpectedTextIsMasked() {
    assertThat(thrownBy(new IllegalStateException("jdbc:x://db/a?password=hush")))
        .hasMessageNotContaining("hush");
  }
}
