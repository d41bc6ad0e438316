// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowCheckout, Relay, Terms} from "../../src/interfaces/IQBitFlowCheckout.sol";
import {Deployed, ITestToken} from "./Deployed.sol";
import {Signature, Signing} from "./Signing.sol";
import {vm} from "./Vm.sol";

/// @notice A chain with the checkout, the three test tokens, Permit2, and the people of a payment.
abstract contract CheckoutTest {
    uint256 internal constant PAYER_KEY = 0xA11CE;
    uint256 internal constant ATTACKER_KEY = 0xBAD;
    uint256 internal constant NOW = 1_800_000_000;

    IQBitFlowCheckout internal checkout;
    ITestToken internal usdc;
    ITestToken internal usdt;
    ITestToken internal dai;

    address internal payer = vm.addr(PAYER_KEY);
    address internal attacker = vm.addr(ATTACKER_KEY);
    address internal merchant = address(0x1111);
    address internal feeRecipient = address(0x2222);
    address internal organization = address(0x3333);
    address internal relayer = address(0x4444);
    address internal relayRecipient = address(0x5555);

    struct Balances {
        uint256 payer;
        uint256 merchant;
        uint256 fee;
        uint256 organization;
        uint256 relay;
    }

    function setUp() public virtual {
        vm.warp(NOW);
        checkout = Deployed.checkout();
        usdc = Deployed.token("TestUSDC");
        usdt = Deployed.token("TestUSDT");
        dai = Deployed.token("TestDAI");
        Deployed.permit2();
        vm.deal(payer, 100 ether);
        vm.deal(attacker, 100 ether);
        usdc.mint(payer, 1_000e6);
        usdt.mint(payer, 1_000e6);
        dai.mint(payer, 1_000e18);
    }

    /// @notice 25 units with 1 % for the platform and 2 % of the rest for the organization.
    function termsOf(address token, uint256 amount) internal view returns (Terms memory) {
        return Terms({
            uuid: bytes16(0x01997c89d0e97c9a9886fe7709919695),
            merchant: merchant,
            token: token,
            amount: amount,
            feeRecipient: feeRecipient,
            feeBps: 100,
            organization: organization,
            organizationFeeBps: 200,
            deadline: uint64(NOW + 15 minutes)
        });
    }

    function noRelay() internal pure returns (Relay memory) {
        return Relay(0, address(0));
    }

    /// @notice The fee rule of the documents, once more.
    function split(Terms memory terms) internal pure returns (uint256 rest, uint256 fee, uint256 organizationFee) {
        fee = terms.amount * terms.feeBps / 10_000;
        organizationFee = (terms.amount - fee) * terms.organizationFeeBps / 10_000;
        rest = terms.amount - fee - organizationFee;
    }

    function balances(address token) internal view returns (Balances memory) {
        return Balances({
            payer: balanceOf(token, payer),
            merchant: balanceOf(token, merchant),
            fee: balanceOf(token, feeRecipient),
            organization: balanceOf(token, organization),
            relay: balanceOf(token, relayRecipient)
        });
    }

    function balanceOf(address token, address account) internal view returns (uint256) {
        return token == address(0) ? account.balance : ITestToken(token).balanceOf(account);
    }

    function expectPayment(Terms memory terms, address from) internal {
        (, uint256 fee, uint256 organizationFee) = split(terms);
        vm.expectEmit(true, true, true, true, address(checkout));
        emit IQBitFlowCheckout.Payment(
            terms.uuid, from, terms.merchant, Signing.termsHash(terms), terms.token, terms.amount, fee, organizationFee
        );
    }

    function assertPaid(Terms memory terms, uint256 relayFee, Balances memory before) internal view {
        (uint256 rest, uint256 fee, uint256 organizationFee) = split(terms);
        Balances memory afterwards = balances(terms.token);
        vm.assertEq(before.payer - afterwards.payer, terms.amount + relayFee, "payer gave amount and relay fee");
        vm.assertEq(afterwards.merchant - before.merchant, rest, "merchant got the rest");
        vm.assertEq(afterwards.fee - before.fee, fee, "platform got its fee");
        vm.assertEq(afterwards.organization - before.organization, organizationFee, "organization got its fee");
        vm.assertEq(afterwards.relay - before.relay, relayFee, "relay recipient got the relay fee");
        vm.assertEq(balanceOf(terms.token, address(checkout)), 0, "nothing stays in the contract");
    }

    function expectRevert(bytes4 selector, uint256 tried, uint256 limit) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, tried, limit));
    }

    function expectTransferFailed(address token, address from, address to, uint256 amount) internal {
        vm.expectRevert(abi.encodeWithSelector(IQBitFlowCheckout.TokenTransferFailed.selector, token, from, to, amount));
    }

    function bound(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + value % (high - low + 1);
    }
}
