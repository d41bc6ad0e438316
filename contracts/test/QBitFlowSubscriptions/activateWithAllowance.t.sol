// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Charge,
    IQBitFlowSubscriptions,
    Mandate,
    MandateStatus,
    TokenAllowance,
    TokenPermit2612
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Deployed, ITestToken} from "../support/Deployed.sol";
import {Permits} from "../support/Permits.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Permits that ride with an activation, and somebody who submits them first.
contract ActivateWithAllowanceTest is SubscriptionsTest {
    uint256 private constant DEADLINE = NOW + 1 hours;

    function test_eip2612() public {
        Mandate memory terms = mandate();
        activateWith(terms, eip2612(2 * MAXIMUM));
        vm.assertEq(usdc.allowance(subscriber, address(subscriptions)), 2 * MAXIMUM, "the signed allowance");
        charges(terms, usdc, false);
    }

    function test_dai() public {
        Mandate memory terms = mandateIn(dai);
        activateWith(terms, Permits.dai(dai, SUBSCRIBER_KEY, subscriber, address(subscriptions), DEADLINE));
        charges(terms, dai, false);
    }

    function test_permit2_for_a_token_without_permit() public {
        Mandate memory terms = mandateIn(usdt);
        approvePermit2(usdt);
        activateWith(terms, permit2(usdt));
        charges(terms, usdt, true);
    }

    function test_none_where_it_was_approved_before() public {
        Mandate memory terms = mandateIn(usdt);
        vm.prank(subscriber);
        usdt.approve(address(subscriptions), MAXIMUM);
        activateWith(terms, Permits.none());
        charges(terms, usdt, false);
    }

    function test_a_front_run_eip2612_permit_does_not_block_activation_and_charge() public {
        Mandate memory terms = mandate();
        TokenAllowance memory permit = eip2612(MAXIMUM);
        submit(permit);
        chargeAtOnce(terms, permit, false);
        assertPaidOut(usdc, 1);
    }

    function test_a_front_run_dai_permit_does_not_block_activation_and_charge() public {
        Mandate memory terms = mandateIn(dai);
        TokenAllowance memory permit = Permits.dai(dai, SUBSCRIBER_KEY, subscriber, address(subscriptions), DEADLINE);
        (uint8 v, bytes32 r, bytes32 s) = Permits.parts(permit);
        vm.prank(attacker);
        dai.permit(subscriber, address(subscriptions), 0, DEADLINE, true, v, r, s);
        chargeAtOnce(terms, permit, false);
        assertPaidOut(dai, 1);
    }

    function test_a_front_run_permit2_permit_does_not_block_activation_and_charge() public {
        Mandate memory terms = mandateIn(usdt);
        approvePermit2(usdt);
        TokenAllowance memory permit = permit2(usdt);
        vm.prank(attacker);
        Permits.submitPermit2(permit, address(usdt), subscriber, address(subscriptions));
        chargeAtOnce(terms, permit, true);
        assertPaidOut(usdt, 1);
    }

    function test_who_activates_first_without_the_permit_does_not_keep_it_out() public {
        Mandate memory terms = mandate();
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        vm.prank(attacker);
        subscriptions.activate(terms, signature);
        activateWith(terms, eip2612(MAXIMUM));
        charges(terms, usdc, false);
    }

    function test_who_activates_first_with_all_of_it_does_not_block_the_first_charge() public {
        Mandate memory terms = mandate();
        TokenAllowance memory permit = eip2612(MAXIMUM);
        vm.prank(attacker);
        subscriptions.activateWithAllowance(terms, signed(terms, SUBSCRIBER_KEY), permit);
        chargeAtOnce(terms, permit, false);
        assertPaidOut(usdc, 1);
    }

    function test_a_permit_that_fails_and_left_no_allowance_reverts_all_of_it() public {
        Mandate memory terms = mandate();
        TokenAllowance memory permit = eip2612(MAXIMUM);
        permit.signature[0] ^= 0x01;
        refusesPermit(terms, permit);
        permit = eip2612(MAXIMUM);
        permit.value += 1;
        refusesPermit(terms, permit);
        permit = eip2612(MAXIMUM);
        vm.warp(DEADLINE + 1);
        refusesPermit(terms, permit);
        assertStatus(terms, MandateStatus.None, "nothing was activated");
    }

    /// @dev The allowance has to be the one that was signed: for a year, or for less than a period's maximum.
    function test_a_failed_permit_needs_the_allowance_that_it_names() public {
        Mandate memory terms = mandate();
        TokenAllowance memory permit = eip2612(12 * MAXIMUM);
        permit.signature[0] ^= 0x01;
        approve(12 * MAXIMUM - 1);
        refusesPermit(terms, permit);
        permit = eip2612(PRICE);
        submit(permit);
        activateWith(terms, permit);
        charges(terms, usdc, false);
    }

    /// @dev A signature of any other length, and a kind that there is not.
    function test_what_is_no_permit_counts_only_by_the_allowance_that_is_there() public {
        Mandate memory terms = mandate();
        TokenAllowance memory permit = eip2612(MAXIMUM);
        permit.signature = bytes.concat(permit.signature, hex"00");
        refusesPermit(terms, permit);
        permit.kind = 4;
        refusesPermit(terms, permit);
        approve(MAXIMUM);
        activateWith(terms, permit);
        assertStatus(terms, MandateStatus.Active, "the allowance suffices");
    }

    /// @dev DAI's names no value: less than a period's maximum is not what was signed.
    function test_a_failed_dai_permit_needs_an_allowance_of_the_maximum() public {
        Mandate memory terms = mandateIn(dai);
        TokenAllowance memory permit = Permits.dai(dai, ATTACKER_KEY, attacker, address(subscriptions), DEADLINE);
        vm.prank(subscriber);
        dai.approve(address(subscriptions), MAXIMUM - 1);
        refusesPermit(terms, permit);
        vm.prank(subscriber);
        dai.approve(address(subscriptions), MAXIMUM);
        activateWith(terms, permit);
    }

    function test_a_failed_permit2_permit_needs_an_allowance_that_has_not_expired() public {
        Mandate memory terms = mandateIn(usdt);
        TokenAllowance memory permit = permit2(usdt);
        // Permit2 takes it, and could not take the token.
        Permits.submitPermit2(permit, address(usdt), subscriber, address(subscriptions));
        refusesPermit(terms, permit);
        approvePermit2(usdt);
        vm.warp(permit.expiration + 1);
        refusesPermit(terms, permit);
        vm.warp(permit.expiration);
        activateWith(terms, permit);
    }

    /// @dev The operator relays: what he puts in the permit's place gives him nothing.
    function test_who_relays_cannot_widen_the_allowance() public {
        Mandate memory terms = mandate();
        TokenAllowance memory permit = eip2612(MAXIMUM);
        permit.value = type(uint256).max;
        refusesPermit(terms, permit);
        permit = Permits.eip2612(usdc, ATTACKER_KEY, address(subscriptions), type(uint256).max, DEADLINE);
        refusesPermit(terms, permit);
        vm.assertEq(usdc.allowance(subscriber, address(subscriptions)), 0, "no allowance");
    }

    function test_the_short_form_takes_the_same_permit() public {
        Mandate memory terms = mandate();
        TokenAllowance memory permit = eip2612(MAXIMUM);
        (uint8 v, bytes32 r, bytes32 s) = Permits.parts(permit);
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        subscriptions.activateWithPermit(terms, signature, TokenPermit2612(MAXIMUM, DEADLINE, v, r, s));
        charges(terms, usdc, false);
    }

    function test_the_short_form_reverts_where_a_token_has_no_permit() public {
        Mandate memory terms = mandateIn(usdt);
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        expectPermitFailed(address(usdt));
        subscriptions.activateWithPermit(terms, signature, TokenPermit2612(MAXIMUM, DEADLINE, 27, 0, 0));
    }

    function mandateIn(ITestToken token) private view returns (Mandate memory terms) {
        terms = mandate();
        terms.plan.token = address(token);
    }

    function eip2612(uint256 value) private view returns (TokenAllowance memory) {
        return Permits.eip2612(usdc, SUBSCRIBER_KEY, address(subscriptions), value, DEADLINE);
    }

    function permit2(ITestToken token) private view returns (TokenAllowance memory) {
        return Permits.permit2(address(token), SUBSCRIBER_KEY, address(subscriptions), MAXIMUM, DEADLINE);
    }

    function approvePermit2(ITestToken token) private {
        vm.prank(subscriber);
        token.approve(Deployed.PERMIT2, MAXIMUM);
    }

    function submit(TokenAllowance memory permit) private {
        (uint8 v, bytes32 r, bytes32 s) = Permits.parts(permit);
        vm.prank(attacker);
        usdc.permit(subscriber, address(subscriptions), permit.value, permit.deadline, v, r, s);
    }

    function activateWith(Mandate memory terms, TokenAllowance memory permit) private {
        subscriptions.activateWithAllowance(terms, signed(terms, SUBSCRIBER_KEY), permit);
    }

    function chargeAtOnce(Mandate memory terms, TokenAllowance memory permit, bool viaPermit2) private {
        Charge memory first = chargeOf(0, PRICE);
        first.viaPermit2 = viaPermit2;
        vm.prank(executor);
        subscriptions.activateAndCharge(terms, signed(terms, SUBSCRIBER_KEY), permit, first);
    }

    function charges(Mandate memory terms, ITestToken token, bool viaPermit2) private {
        Charge memory first = chargeOf(0, PRICE);
        first.viaPermit2 = viaPermit2;
        chargeAs(executor, terms, first);
        assertPaidOut(token, 1);
    }

    function expectPermitFailed(address token) private {
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowSubscriptions.PermitFailed.selector, token, subscriber));
    }

    function refusesPermit(Mandate memory terms, TokenAllowance memory permit) private {
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        expectPermitFailed(terms.plan.token);
        subscriptions.activateWithAllowance(terms, signature, permit);
    }
}
