package dev.handfast.xa.transactional;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.testkit.transactional.AnnotatedCases;
import dev.handfast.xa.testkit.transactional.CaseMethods;
import dev.handfast.xa.testkit.transactional.TransactionalContract;

/** By the proxy of an interface, whose implementation is annotated. */
final class InterfaceProxyTableTest extends TransactionalContract {

  @Override
  protected CaseMethods methods(Handfast handfast) {
    return handfast.transactional(CaseMethods.class, new AnnotatedCases());
  }

  @Override
  protected Class<?> declaring() {
    return AnnotatedCases.class;
  }
}
